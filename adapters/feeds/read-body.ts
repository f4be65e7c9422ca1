import { PassThrough, type Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { FeedError } from "./feed-error.ts";

export interface BodyLimits {
  /** Bytes as they come over the wire. */
  compressedBytes: number;
  /** Bytes once they are unpacked. */
  decodedBytes: number;
}

/**
 * Reads a body while it comes, and stops as soon as it is too large, packed or unpacked.
 * @throws FeedError `too-large`, `bad-encoding`.
 */
export async function readBody(body: Readable, encoding: string, limits: BodyLimits): Promise<Buffer> {
  const unpack = unpackerFor(encoding);
  const chunks: Buffer[] = [];
  try {
    await pipeline(
      body,
      atMost(limits.compressedBytes),
      unpack,
      atMost(limits.decodedBytes),
      async (decoded) => {
        for await (const chunk of decoded) chunks.push(chunk as Buffer);
      },
    );
  } catch (error) {
    const { code = "" } = error as { code?: string };
    if (/^Z_|^ERR__?ERROR_|^ERR_BROTLI/.test(code)) throw new FeedError("bad-encoding", { cause: error });
    throw error;
  }
  return Buffer.concat(chunks);
}

function unpackerFor(encoding: string): Transform {
  switch (encoding.trim().toLowerCase()) {
    case "":
    case "identity":
      return new PassThrough();
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "br":
      return createBrotliDecompress();
    default:
      throw new FeedError("bad-encoding");
  }
}

function atMost(bytes: number) {
  return async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let seen = 0;
    for await (const chunk of chunks) {
      seen += chunk.length;
      if (seen > bytes) throw new FeedError("too-large");
      yield chunk;
    }
  };
}
