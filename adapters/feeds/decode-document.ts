import { FeedError } from "./feed-error.ts";

/** Decodes a document by its byte order mark, else the header's charset, else its own declaration, else UTF-8. */
export function decodeDocument(body: Buffer, contentType: string): string {
  const label = byteOrder(body) ?? charsetOf(contentType) ?? declaredIn(body) ?? "utf-8";
  try {
    return new TextDecoder(label).decode(body);
  } catch (cause) {
    throw new FeedError("unknown-charset", { cause });
  }
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
