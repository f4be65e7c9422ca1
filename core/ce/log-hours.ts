import type { Catalogue } from "../catalogue.ts";
import type { Ids } from "../ids.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { entryId } from "./ce-entry.ts";
import type { CeLog } from "./ce-ports.ts";
import { type EntryProblems, readEntry, type TypedEntry } from "./read-entry.ts";

export interface LogHoursDeps extends FindReaderDeps {
  ceLog: CeLog;
  /** Names each form that hours are logged by. */
  ids: Ids;
  catalogue: Pick<Catalogue, "credentials">;
}

export type LogHoursOutcome =
  | { status: "logged" }
  | { status: "invalid"; problems: EntryProblems }
  | Exclude<FoundReader, { status: "found" }>;

const mostEntries = 200;

/** Logs hours of continuing education. The same form twice is one entry. */
export async function logHours(
  deps: LogHoursDeps,
  { token, form, ...typed }: TypedEntry & { token: string; form: string },
): Promise<LogHoursOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const { reader } = found;
  const now = deps.clock.now();
  const read = readEntry(typed, deps.catalogue, reader.zone, now);
  if ("problems" in read) return { status: "invalid", problems: read.problems };
  const id = entryId(reader.id, read.wanted, form);
  const kept = await deps.ceLog.of(reader.id);
  if (kept.length >= mostEntries && kept.every((entry) => entry.id !== id)) {
    const activity = `You have logged ${mostEntries} entries already. Remove one that no cycle needs, and then add this one.`;
    return { status: "invalid", problems: { activity } };
  }
  await deps.ceLog.add({ ...read.wanted, subscriberId: reader.id, id, loggedAt: now });
  return { status: "logged" };
}

export type RemoveHoursOutcome = { status: "removed" } | Exclude<FoundReader, { status: "found" }>;

/** Takes logged hours back. Twice is harmless. */
export async function removeHours(
  deps: FindReaderDeps & { ceLog: Pick<CeLog, "remove"> },
  { token, id }: { token: string; id: string },
): Promise<RemoveHoursOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  if (/^[a-z0-9]{1,40}$/.test(id)) await deps.ceLog.remove(found.reader.id, id);
  return { status: "removed" };
}
