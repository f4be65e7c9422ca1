import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import type { ImportOffer } from "../../../core/import/import-offer.ts";
import type { RowOutcome } from "../../../core/import/import-people.ts";
import type { ImportRow } from "../../../core/import/import-row.ts";
import { scanFile } from "../../csv/scan-file.ts";
import { Failure } from "../../failure.ts";
import type { ProgressBar } from "../../progress-bar.ts";
import { readJournal, removeJournal, writeJournal } from "./journal.ts";
import { readPeople } from "./read-people.ts";
import { openReport } from "./report-file.ts";
import { sendPeople } from "./send-people.ts";
import { count, noTally, type Tally } from "./tally.ts";

export interface ImportFile {
  file: string;
  offer: ImportOffer;
  dryRun: boolean;
  now: string;
  /** Imports rows, or tells what would become of them. */
  send(rows: ImportRow[]): Promise<RowOutcome[]>;
  /** Begins to tell how far it is, of about so many records. */
  progress(total: number, from: number): ProgressBar;
}

export interface Imported {
  tally: Tally;
  /** The table of what is not in, and why; of a dry run, of every record. */
  report: string;
  /** So many records were through before, by an earlier run that was stopped. */
  resumedAfter: number;
}

/**
 * Imports a file from where an earlier run of the same was stopped. Each step is noted beside the file once it is
 * answered, so what is killed loses at most what was in flight, which is harmless to send again.
 */
export async function importFile(input: ImportFile): Promise<Imported> {
  const { file, offer, dryRun } = input;
  const { digest, encoding, lines } = await scanFile(file);
  const task = createHash("sha256")
    .update(JSON.stringify([digest, offer]))
    .digest("hex");
  const journalPath = `${file}.import.json`;
  const reportPath = dryRun ? `${file}.dry-run.csv` : `${file}.report.csv`;
  const before = dryRun ? undefined : readJournal(journalPath, task);
  const report = openReport(reportPath, { bytes: before?.reportBytes, every: dryRun });
  let tally: Tally = before?.tally ?? noTally();
  const bar = input.progress(lines, tally.rows);
  try {
    await sendPeople({
      people: readPeople(file, encoding, input.now),
      skip: before?.records ?? 0,
      send: input.send,
      settled(records) {
        tally = count(tally, records);
        report.add(records);
        if (!dryRun)
          writeJournal(journalPath, {
            v: 1,
            task,
            records: tally.rows,
            reportBytes: report.bytes(),
            tally,
          });
        bar.update(tally.rows);
      },
    });
  } catch (error) {
    if (tally.rows === 0) rmSync(reportPath, { force: true });
    throw error instanceof Failure ? goingOn(error, tally, dryRun) : error;
  } finally {
    bar.end();
    report.close();
  }
  if (!dryRun) removeJournal(journalPath);
  return { tally, report: reportPath, resumedAfter: before?.records ?? 0 };
}

/** What went wrong, and that what is through stays so. */
function goingOn(failure: Failure, { rows }: Tally, dryRun: boolean): Failure {
  if (rows === 0 || dryRun) return failure;
  const through = `${rows.toLocaleString("en")} rows are through. The same command again goes on from there.`;
  return new Failure(failure.code, `${failure.message}\n${through}`, { cause: failure });
}
