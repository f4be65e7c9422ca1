import type { RowOutcome } from "../../../core/import/import-people.ts";
import type { Note } from "./read-person.ts";

/** What can become of a record. */
export type Kind = RowOutcome["kind"] | "unsubscribed";

/** What became of the records so far. */
export interface Tally {
  rows: number;
  kinds: Partial<Record<Kind, number>>;
  notes: Partial<Record<Note, number>>;
}

/** A record through which the import is. */
export interface Settled {
  line: number;
  kind: Kind;
  reason?: string;
  notes?: Note[];
}

/** Of nothing yet. */
export function noTally(): Tally {
  return { rows: 0, kinds: {}, notes: {} };
}

/** Counts records in. */
export function count(tally: Tally, settled: Settled[]): Tally {
  const next = { rows: tally.rows + settled.length, kinds: { ...tally.kinds }, notes: { ...tally.notes } };
  for (const { kind, notes = [] } of settled) {
    next.kinds[kind] = (next.kinds[kind] ?? 0) + 1;
    for (const note of notes) next.notes[note] = (next.notes[note] ?? 0) + 1;
  }
  return next;
}

const meanings: Record<Kind, string> = {
  new: "new",
  joined: "known, joined by this",
  known: "on the list already",
  pending: "asked themselves and have not confirmed",
  left: "left before",
  suppressed: "suppressed",
  erased: "erased at their own wish",
  unsubscribed: "not subscribed, by the file itself",
  invalid: "cannot be read",
};

const noteMeanings: Record<Note, string> = {
  zone: "a time zone that there is not",
  agreedAt: "a time of consent that cannot be read",
  topics: "a topic that there is not",
  tags: "a tag without a letter, or one too many",
};

/** The tally in words, kind by kind. */
export function tallyWords({ rows, kinds: counted, notes }: Tally, wouldBe: boolean): string[] {
  const number = (value: number) => value.toLocaleString("en").padStart(rows.toLocaleString("en").length);
  const line = (kind: Kind) => (counted[kind] ? [`  ${number(counted[kind])}  ${meanings[kind]}`] : []);
  const inside: Kind[] = ["new", "joined", "known"];
  const outside = Object.keys(meanings).filter((kind) => !inside.includes(kind as Kind)) as Kind[];
  const sum = (of: Kind[]) => of.reduce((total, kind) => total + (counted[kind] ?? 0), 0);
  const told = (Object.keys(notes) as Note[]).map(
    (note) => `  ${number(notes[note] ?? 0)}  ${noteMeanings[note]}: left out`,
  );
  return [
    `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}: ${sum(inside).toLocaleString("en")} ${wouldBe ? "would be in" : "in"}, ${sum(outside).toLocaleString("en")} not.`,
    ...inside.flatMap(line),
    ...outside.flatMap(line),
    ...(told.length > 0 ? ["Beside an address:", ...told] : []),
  ];
}
