import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import { close, listen } from "../loopback.ts";

/** Feeds on loopback. */
export interface FeedServer {
  url: string;
  close(): Promise<void>;
}

/** Serves what is at each path, and a page that only pretends to be a feed at all others. */
export async function startFeedServer(answers: Map<string, RequestListener>): Promise<FeedServer> {
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? "") ?? movedAway;
    answer(request, response);
  });
  return {
    url: await listen(server, 0),
    close: () => close(server),
  };
}

/** A feed as an honest host serves it: whoever has it already is told that it is unchanged. */
export function serve(body: () => string | Buffer, headers: Record<string, string>): RequestListener {
  return (request, response) => {
    const bytes = body();
    const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
    if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { ...headers, etag }).end(bytes);
  };
}

const movedAway: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>We have moved.</p>");
};
