import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeFileSync } from "node:fs";

/** An append-only file of JSON lines. */
export interface Journal<Entry> {
  /** What stood in the file when it was opened. */
  entries: Entry[];
  /** Adds entries in one write; back only when the operating system has them. */
  append(entries: Entry[]): void;
  close(): void;
}

/**
 * Opens a journal, cutting off a last line that was not written to its end: nobody was told that it was kept.
 * No fsync: what is written survives the death of the process, and a local demo need not survive a power cut.
 */
export function openJournal<Entry>(path: string): Journal<Entry> {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
  const entries = readLines<Entry>(whole, path);
  const file = openSync(path, "a");
  if (whole.length < bytes.length) ftruncateSync(file, whole.length);
  return {
    entries,
    append(added) {
      writeFileSync(file, added.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    },
    close() {
      closeSync(file);
    },
  };
}

function readLines<Entry>(bytes: Buffer, path: string): Entry[] {
  const lines = bytes.toString().split("\n").slice(0, -1);
  return lines.map((line, index): Entry => {
    try {
      return JSON.parse(line);
    } catch (cause) {
      throw new Error(`${path}, line ${index + 1} is not JSON. Mend it or delete the directory.`, { cause });
    }
  });
}
