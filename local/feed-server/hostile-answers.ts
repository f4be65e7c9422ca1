import type { RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Readable, type Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { constants, createBrotliCompress, createGzip } from "node:zlib";

const xml = { "content-type": "application/xml" };
const start = `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>`;

/** Says the same thing for ever, as fast as it is read. */
export const endlessBody: RequestListener = (_, response) => {
  response.writeHead(200, xml).write(start);
  const piece = "<item><title>One more</title></item>".repeat(2_000);
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", more);
  more();
};

/** One byte in a while. */
export const slowDrip: RequestListener = (_, response) => {
  response.writeHead(200, xml).flushHeaders();
  drip(response, (at) => response.write(start[at % start.length]));
};

/** One header in a while, and never the end of them. */
export const slowHeaders: RequestListener = (_, response) => {
  const socket = raw(response);
  socket.write("HTTP/1.1 200 OK\r\n");
  drip(response, (at) => socket.write(`x-header-${at}: more\r\n`));
};

/** Takes the request, and that is all. */
export const neverAnswers: RequestListener = () => {};

/** A hundred million bytes, in a hundred thousand. */
export const gzipBomb = packed("gzip", () => createGzip());

/** The same, in a hundred. */
export const brotliBomb = packed("br", () =>
  createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
);

/** Each entity is ten of the one before, ten times over. */
export const billionLaughs = text(() => {
  const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">${entities.join("")}]>${item("&l9;")}`;
});

/** One long entity, very often. */
export const entityBomb = text(
  () =>
    `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "${"a".repeat(100_000)}">]>${item("&a;".repeat(10_000))}`,
);

/** A file of ours, if we let it. */
export const externalEntity = text(
  () => `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${item("&x;")}`,
);

/** Elements within elements, ten thousand. */
export const deepNesting = text(() => `<?xml version="1.0"?>${item("<b>".repeat(10_000))}`);

/** Says that it is packed. */
export const falselyPacked: RequestListener = (_, response) => {
  response.writeHead(200, { ...xml, "content-encoding": "gzip" }).end(start);
};

/** More headers than anybody reads. */
export const headerFlood: RequestListener = (_, response) => {
  const headers = Object.fromEntries(
    Array.from({ length: 5_000 }, (__, n) => [`x-header-${n}`, "a".repeat(100)]),
  );
  response.writeHead(200, { ...xml, ...headers }).end(start);
};

/** Announces more than it sends. */
export const shortBody: RequestListener = (_, response) => {
  raw(response).end(`HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 100000\r\n\r\n${start}`);
};

/** Cuts the line in the middle. */
export const resetMidway: RequestListener = (_, response) => {
  response.writeHead(200, { ...xml, "content-length": "100000" });
  response.write(start, () => response.socket?.resetAndDestroy());
};

/** Something else than HTTP. */
export const noHttp: RequestListener = (_, response) => {
  raw(response).end("220 mail.example ESMTP\r\n");
};

/** A page, politely served as a feed. */
export const pageForFeed: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "application/rss+xml" });
  response.end("<!doctype html><title>Not found</title><p>The page that you are looking for is gone.</p>");
};

/** Somewhere else, always. */
export function redirectTo(location: string): RequestListener {
  return (_, response) => response.writeHead(302, { location }).end();
}

/** Only a status. */
export function statusOf(status: number): RequestListener {
  return (_, response) => response.writeHead(status).end();
}

function packed(encoding: string, packer: () => Transform): RequestListener {
  let packing: Promise<Buffer> | undefined;
  return async (_, response) => {
    packing ??= buffer(Readable.from(blanks()).pipe(packer()));
    const body = await packing;
    response.writeHead(200, { ...xml, "content-encoding": encoding }).end(body);
  };
}

function* blanks(): Generator<Buffer> {
  const piece = Buffer.alloc(1_000_000, " ");
  for (let pieces = 0; pieces < 100; pieces++) yield piece;
}

function text(write: () => string): RequestListener {
  return (_, response) => response.writeHead(200, xml).end(write());
}

function item(title: string): string {
  return `<rss version="2.0"><channel><item><title>${title}</title><link>https://hostile.example/</link></item></channel></rss>`;
}

function drip(response: ServerResponse, next: (at: number) => void): void {
  let at = 0;
  const timer = setInterval(() => next(at++), 100);
  response.on("close", () => clearInterval(timer));
}

/** The connection itself, for what a server would not say. */
function raw(response: ServerResponse): Socket {
  const { socket } = response;
  if (!socket) throw new Error("The connection is gone");
  return socket;
}
