import { isUtf8 } from "node:buffer";
import { FeedError } from "./feed-error.ts";

/**
 * Decodes a document by its byte order mark, else the header's charset, else its own declaration, unless its bytes cannot
 * be that; else by what they can be: UTF-16 by where its zeros are, UTF-8 if it is that, or windows-1252, which any bytes are.
 * @throws FeedError `unknown-charset`.
 */
export function decodeDocument(body: Buffer, contentType: string): string {
  const marked = byteOrder(body);
  try {
    if (marked) return new TextDecoder(marked).decode(body);
    const said = [charsetOf(contentType), wideOrder(body), declaredIn(body)].find(
      (charset) => charset !== undefined && canBe(charset, body),
    );
    return new TextDecoder(said ?? guessed(body)).decode(body);
  } catch (cause) {
    throw new FeedError("unknown-charset", { cause });
  }
}

/** Headers and templates say UTF-8 or UTF-16 of what is neither. @throws RangeError on a charset that nobody knows. */
function canBe(charset: string, body: Buffer): boolean {
  const { encoding } = new TextDecoder(charset);
  if (encoding === "utf-8") return isMostlyUtf8(body);
  // Every other sign of a tag has a zero.
  return !encoding.startsWith("utf-16") || body.subarray(0, 200).includes(0);
}

/** A few broken signs do not make it another charset; the beginning tells. */
function isMostlyUtf8(body: Buffer): boolean {
  if (isUtf8(body)) return true;
  const text = body.toString("utf8", 0, 100_000);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  return (text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0) > broken;
}

/** UTF-16 without a mark: its first sign, `<`, has a zero beside it. */
function wideOrder(body: Buffer): string | undefined {
  if (body[0] === 0 && body[1] === 0x3c) return "utf-16be";
  return body[0] === 0x3c && body[1] === 0 ? "utf-16le" : undefined;
}

function guessed(body: Buffer): string {
  return isMostlyUtf8(body) ? "utf-8" : "windows-1252";
}

function byteOrder(body: Buffer): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return "utf-8";
  if (body[0] === 0xfe && body[1] === 0xff) return "utf-16be";
  return body[0] === 0xff && body[1] === 0xfe ? "utf-16le" : undefined;
}

function charsetOf(contentType: string): string | undefined {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1];
}

function declaredIn(body: Buffer): string | undefined {
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(body.toString("latin1", 0, 200))?.[1];
}
