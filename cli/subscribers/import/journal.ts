import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as z from "zod";

const Counts = z.record(z.string(), z.number());
const Journal = z.object({
  v: z.literal(1),
  /** The file, and what was to be done with it: another import begins anew. */
  task: z.string(),
  /** So many records, from the first, are through. */
  records: z.number(),
  /** How long the report was then. */
  reportBytes: z.number(),
  tally: z.object({ rows: z.number(), kinds: Counts, notes: Counts }),
});
/** How far an import has come; it stands beside the file until all is through. */
export type Journal = z.infer<typeof Journal>;

/** What was noted of this task; undefined if nothing was, or of another one. */
export function readJournal(path: string, task: string): Journal | undefined {
  try {
    const read = Journal.safeParse(JSON.parse(readFileSync(path, "utf8")));
    return read.success && read.data.task === task ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** Notes it in one step: a crash leaves the note of before. */
export function writeJournal(path: string, journal: Journal): void {
  writeFileSync(`${path}.new`, JSON.stringify(journal), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Takes it away: the next import of the file begins at its first line. */
export function removeJournal(path: string): void {
  rmSync(path, { force: true });
}
