import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import type { Line } from "./read-lines.ts";

/** A record of a table with the line that it begins on, or why that line is none. */
export type CsvRecord = { line: number; cells: string[] } | { line: number; reason: string };

/** A quoted field with line ends in it may be a note; it is no book. */
const mostLines = 200;
const mostCharacters = 256 * 1024;
const unclosed = "A quote is opened on this line and not closed where a field ends.";

/**
 * Reads records by RFC 4180. A record that cannot be right costs its first line alone: reading goes on with the next one,
 * so that a quote which is never closed does not swallow the rows behind it.
 * @param wrongWith why a record cannot be right; undefined if it can
 */
export async function* readRecords(
  lines: AsyncIterable<Line>,
  delimiter: string,
  wrongWith: (cells: string[]) => string | undefined,
): AsyncGenerator<CsvRecord> {
  const source = lines[Symbol.asyncIterator]();
  const waiting: Line[] = [];
  const next = async (): Promise<Line | undefined> => {
    const line = waiting.shift();
    if (line) return line;
    const { value, done } = await source.next();
    return done ? undefined : value;
  };
  for (let first = await next(); first; first = await next()) {
    if (first.text.trim() === "") continue;
    const taken: Line[] = [];
    let text = first.text;
    let isOpen = hasOddQuotes(text);
    while (isOpen && taken.length < mostLines && text.length < mostCharacters) {
      const more = await next();
      if (!more) break;
      taken.push(more);
      text += `\n${more.text}`;
      if (hasOddQuotes(more.text)) isOpen = !isOpen;
    }
    const read = isOpen ? { reason: unclosed } : parseRecord(text, delimiter);
    const reason = "reason" in read ? read.reason : wrongWith(read.cells);
    if (reason !== undefined) {
      waiting.unshift(...taken);
      yield { line: first.number, reason: taken.length > 0 ? unclosed : reason };
    } else if ("cells" in read) yield { line: first.number, cells: read.cells };
  }
}

/** The sign that parts the cells of a line: the one that stands there most often outside of quotes. */
export function delimiterOf(line: string): string {
  const bare = line.replaceAll(/"[^"]*"/g, "");
  const counts = [",", ";", "\t", "|"].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counts.toSorted((one, other) => other.count - one.count)[0]?.sign ?? ",";
}

/** One record, as a text that has as many quotes as it needs. */
export function parseRecord(text: string, delimiter: string): { cells: string[] } | { reason: string } {
  if (!text.includes('"')) return { cells: text.split(delimiter).map((cell) => cell.trim()) };
  try {
    const [cells = []] = parse(text, { delimiter, relax_column_count: true, trim: true }) as string[][];
    return { cells };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { reason: "A quote stands where none belongs: write a quote within a field twice." };
  }
}

function hasOddQuotes(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count % 2 === 1;
}
