import { type Line, readLines } from "../../csv/read-lines.ts";
import { delimiterOf, parseRecord, readRecords } from "../../csv/read-records.ts";
import type { Encoding } from "../../csv/scan-file.ts";
import { Failure } from "../../failure.ts";
import { type Columns, findColumns, wrongWith } from "./find-columns.ts";
import { type Person, readPerson } from "./read-person.ts";

/** A record of a file with the line that it begins on. */
export interface FilePerson {
  line: number;
  person: Person;
}

const addressless =
  "No column has addresses in it. Name one Email in the first line, or give a file with an address in each line.";

/**
 * Reads the people of a file, one record at a time.
 * @throws Failure when no column of addresses can be found.
 */
export async function* readPeople(file: string, encoding: Encoding, now: string): AsyncGenerator<FilePerson> {
  const lines = readLines(file, encoding);
  const { delimiter, columns, first } = await readHead(lines);
  // A record without names in front is a person already.
  if (!columns.named) yield { line: first.number, person: toPerson(columns, first, delimiter, now) };
  for await (const record of readRecords(lines, delimiter, (cells) => wrongWith(columns, cells)))
    yield {
      line: record.line,
      person:
        "reason" in record
          ? { kind: "invalid", reason: record.reason }
          : readPerson(columns, record.cells, now),
    };
}

async function readHead(
  lines: AsyncGenerator<Line>,
): Promise<{ delimiter: string; columns: Columns; first: Line }> {
  for (let { value, done } = await lines.next(); !done; { value, done } = await lines.next()) {
    const first = value as Line;
    // Excel takes the first for a word on how to read the rest.
    if (first.text.trim() === "" || /^"?sep=.?"?$/i.test(first.text.trim())) continue;
    const delimiter = delimiterOf(first.text);
    const read = parseRecord(first.text, delimiter);
    const columns = "cells" in read ? findColumns(read.cells) : undefined;
    if (!columns) break;
    return { delimiter, columns, first };
  }
  throw new Failure("file.no-addresses", addressless);
}

function toPerson(columns: Columns, first: Line, delimiter: string, now: string): Person {
  const read = parseRecord(first.text, delimiter);
  return "cells" in read ? readPerson(columns, read.cells, now) : { kind: "invalid", reason: read.reason };
}
