import type { RowOutcome } from "../../../core/import/import-people.ts";
import type { ImportRow } from "../../../core/import/import-row.ts";
import type { FilePerson } from "./read-people.ts";
import type { Settled } from "./tally.ts";

export interface SendPeople {
  people: AsyncIterable<FilePerson>;
  /** So many records are through already, from the first. */
  skip: number;
  /** Imports rows; one outcome for each. */
  send(rows: ImportRow[]): Promise<RowOutcome[]>;
  /** Told of records in the order of the file, each once; those before are through by then. */
  settled(records: Settled[]): void;
}

const rowsPerCall = 100;
/** Records that the file itself decides are no call: they must not pile up either. */
const recordsPerBatch = 1000;
const callsAtOnce = 4;

/** Sends the people of a file, a few calls side by side; as much of the file is in memory as these hold. */
export async function sendPeople({ people, skip, send, settled }: SendPeople): Promise<void> {
  const open: Promise<void>[] = [];
  let through: Promise<void> = Promise.resolve();
  for await (const batch of batchesOf(people, skip)) {
    const done = settle(batch, send);
    through = Promise.all([through, done]).then(([, records]) => settled(records));
    // It is awaited in its turn; until then its failure is nobody's.
    through.catch(() => {});
    open.push(through);
    if (open.length >= callsAtOnce) await open.shift();
  }
  await through;
}

async function* batchesOf(people: AsyncIterable<FilePerson>, skip: number): AsyncGenerator<FilePerson[]> {
  let batch: FilePerson[] = [];
  let rows = 0;
  let position = 0;
  for await (const one of people) {
    if (position++ < skip) continue;
    batch.push(one);
    if (one.person.kind === "row") rows++;
    if (rows < rowsPerCall && batch.length < recordsPerBatch) continue;
    yield batch;
    batch = [];
    rows = 0;
  }
  if (batch.length > 0) yield batch;
}

async function settle(batch: FilePerson[], send: SendPeople["send"]): Promise<Settled[]> {
  const rows = batch.flatMap(({ person }) => (person.kind === "row" ? [person.row] : []));
  const outcomes = (rows.length > 0 ? await send(rows) : []).values();
  return batch.map(({ line, person }) => {
    if (person.kind !== "row") return { line, ...person };
    const { kind, reason } = outcomes.next().value ?? { kind: "invalid", reason: "The service left it out." };
    return {
      line,
      kind,
      ...(reason !== undefined && { reason }),
      ...(person.notes.length > 0 && { notes: person.notes }),
    };
  });
}
