import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A real HTTP server on loopback, and the requests that reached it. */
export interface FeedHost {
  origin: string;
  port: number;
  seen: { url: string; headers: Record<string, unknown> }[];
  /** Answers one path. */
  on(path: string, answer: RequestListener): void;
  stop(): Promise<void>;
}

/** Starts a host for feeds of tests. */
export async function startFeedHost(address = "127.0.0.1", port = 0): Promise<FeedHost> {
  const answers = new Map<string, RequestListener>();
  const seen: FeedHost["seen"] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    seen.push({ url, headers: request.headers });
    const answer = answers.get(url);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  const at = server.address() as AddressInfo;
  return {
    origin: `http://${address}:${at.port}`,
    port: at.port,
    seen,
    on: (path, answer) => answers.set(path, answer),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer of a feed's text. */
export function serving(text: string | Buffer, headers: Record<string, string> = {}): RequestListener {
  return (_, response) => {
    response.writeHead(200, { "content-type": "application/rss+xml", ...headers }).end(text);
  };
}

/** RSS 2.0 of these items; each is known by its id. */
export function rssOf(items: { id: string; title?: string; date?: string }[]): string {
  const entries = items.map(
    ({ id, title = `Item ${id}`, date }) =>
      `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>https://news.example/${id}</link>${
        date ? `<pubDate>${new Date(date).toUTCString()}</pubDate>` : ""
      }<description>About ${id}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${entries.join("")}</channel></rss>`;
}
