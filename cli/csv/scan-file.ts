import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Failure } from "../failure.ts";

/** How a file is written: every name is one of `TextDecoder`. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What one look through a whole file tells. */
export interface Scan {
  /** SHA-256 of its bytes: whether it is still the same file. */
  digest: string;
  encoding: Encoding;
  /** About how many lines it has. */
  lines: number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Looks through a file once. A byte order mark tells the encoding, or zeros that stand beside every letter; what is no
 * UTF-8 in any of its bytes is Windows-1252, which Excel writes.
 * @throws Failure when the file cannot be read, or has nothing in it.
 */
export async function scanFile(file: string): Promise<Scan> {
  const hash = createHash("sha256");
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let start: Buffer | undefined;
  let isUtf8 = true;
  let feeds = 0;
  let returns = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      start ??= chunk;
      hash.update(chunk);
      feeds += countOf(chunk, lineFeed);
      returns += countOf(chunk, carriageReturn);
      isUtf8 &&= decodes(utf8, chunk);
    }
  } catch (cause) {
    throw new Failure("file.unreadable", `${file} cannot be read. Check the name of the file.`, { cause });
  }
  if (!start) throw new Failure("file.empty", `${file} is empty.`);
  return {
    digest: hash.digest("hex"),
    encoding: encodingOf(start, isUtf8 && decodes(utf8)),
    lines: Math.max(feeds || returns, 1),
  };
}

function countOf(chunk: Buffer, byte: number): number {
  let count = 0;
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) count++;
  return count;
}

function encodingOf(start: Buffer, isUtf8: boolean): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const zeros = [0, 1].map((from) => {
    const half = start.subarray(0, 4096).filter((_, index) => index % 2 === from);
    return half.filter((byte) => byte === 0).length / Math.max(half.length, 1);
  });
  // Letters of the Latin alphabet have a zero for their other half.
  if ((zeros[1] ?? 0) > 0.4 && (zeros[0] ?? 0) < 0.1) return "utf-16le";
  if ((zeros[0] ?? 0) > 0.4 && (zeros[1] ?? 0) < 0.1) return "utf-16be";
  return isUtf8 ? "utf-8" : "windows-1252";
}

/** Whether the next bytes go on in UTF-8; without any, whether the text may end here. */
function decodes(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}
