import { createReadStream } from "node:fs";
import type { Encoding } from "./scan-file.ts";

/** A line as an editor counts it, without its end. */
export interface Line {
  number: number;
  text: string;
}

/** No row of people is longer; what is, is no text. It is cut there, and the rest of the line is let go. */
const longestLine = 1_000_000;
const chunkBytes = 64 * 1024;

/** Reads a file line by line, whichever of the three line ends it has, with little of it in memory. */
export async function* readLines(file: string, encoding: Encoding): AsyncGenerator<Line> {
  const decoder = new TextDecoder(encoding);
  const stream = createReadStream(file, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>;
  let number = 1;
  let rest = "";
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    // The second half of a line end may be in the next chunk.
    const whole = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
    const lines = whole.split(/\r\n|\n|\r/);
    rest = rest.slice(whole.length - (lines.pop() ?? "").length);
    for (const text of lines) yield { number: number++, text: text.slice(0, longestLine) };
    if (rest.length > longestLine) rest = rest.slice(0, longestLine);
  }
  rest += decoder.decode();
  for (const text of rest.split(/\r\n|\n|\r/)) yield { number: number++, text };
}
