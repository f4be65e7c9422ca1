import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { writeRecord } from "../../csv/write-record.ts";
import { Failure } from "../../failure.ts";
import type { Settled } from "./tally.ts";

/** A table beside the file: line, what became of it, and why. No address is in it. */
export interface ReportFile {
  add(settled: Settled[]): void;
  /** How long it is. */
  bytes(): number;
  close(): void;
}

const noteReasons = {
  zone: "Its time zone is none that there is, and was left out.",
  agreedAt: "Its time of consent cannot be read, and was left out.",
  topics: "It has a topic that there is not, which was left out.",
  tags: "It has a tag without a letter, or too many tags: those were left out.",
};

/**
 * Opens the report at a length that was noted: what was written after it is written again.
 * @param every whether who is in has a line, too, as in a dry run
 * @throws Failure when nothing can be written there.
 */
export function openReport(
  path: string,
  { bytes, every }: { bytes: number | undefined; every: boolean },
): ReportFile {
  let file: number;
  try {
    file = openSync(path, bytes === undefined ? "w" : "r+", 0o600);
  } catch (cause) {
    if (bytes !== undefined) return openReport(path, { bytes: undefined, every });
    throw new Failure("report.unwritable", `${path} cannot be written. Put the file where you may write.`, {
      cause,
    });
  }
  let at = Math.min(bytes ?? 0, fstatSync(file).size);
  ftruncateSync(file, at);
  const write = (text: string) => {
    at += writeSync(file, text, at, "utf8");
  };
  if (at === 0) write(writeRecord(["line", "outcome", "reason"]));
  return {
    add(settled) {
      const lines = settled.flatMap(({ line, kind, reason = "", notes = [] }) => {
        const isIn = kind === "new" || kind === "joined" || kind === "known";
        const noted = notes.map((note) => noteReasons[note]).join(" ");
        if (isIn && !every && noted === "") return [];
        return [writeRecord([line, kind, [reason, noted].filter(Boolean).join(" ")])];
      });
      if (lines.length > 0) write(lines.join(""));
    },
    bytes: () => at,
    close: () => closeSync(file),
  };
}
