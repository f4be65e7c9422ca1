import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parse } from "yaml";
import type { FeedSource, Topic } from "../../core/catalogue.ts";
import { escapeHtml } from "../../core/escape-html.ts";
import { close, listen } from "../loopback.ts";

interface NewsItem {
  id: string;
  title: string;
  appears: string;
  summary: string;
}
interface NewsFeed {
  id: string;
  title: string;
  format: keyof typeof formats;
  topic: Topic;
  items: NewsItem[];
}

/** Feeds of the demo, on loopback: each item appears when the calendar has come to it. */
export interface FeedServer {
  url: string;
  sources: FeedSource[];
  close(): Promise<void>;
}

/** Serves the fixture's feeds, each in its own format, and one page that only pretends to be a feed. */
export async function startFeedServer(fixture: URL, now: () => string): Promise<FeedServer> {
  const { feeds } = parse(readFileSync(fixture, "utf8")) as { feeds: NewsFeed[] };
  const server = createServer((request, response) => {
    const feed = feeds.find(({ id }) => request.url === `/${id}.xml`);
    if (!feed) {
      return response
        .writeHead(200, { "content-type": "text/html" })
        .end("<!doctype html><p>We have moved.</p>");
    }
    const items = feed.items.filter(({ appears }) => Date.parse(appears) <= Date.parse(now()));
    const body = formats[feed.format](feed, items);
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
    if (request.headers["if-none-match"] === etag) return response.writeHead(304, { etag }).end();
    return response.writeHead(200, { "content-type": "application/xml; charset=utf-8", etag }).end(body);
  });
  const url = await listen(server, 0);
  const everyMinutes = 6 * 60;
  return {
    url,
    sources: [
      ...feeds.map(({ id, title, topic }) => ({ id, title, topic, url: `${url}/${id}.xml`, everyMinutes })),
      { id: "moved-away", title: "Moved Away", topic: "careers", url: `${url}/moved.xml`, everyMinutes },
    ],
    close: () => close(server),
  };
}

const formats = {
  "rss-2.0": (feed: NewsFeed, items: NewsItem[]) =>
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${escapeHtml(feed.title)}</title><link>${linkOf(feed)}</link>${items
      .map(
        (item) =>
          `<item><guid isPermaLink="false">${item.id}</guid><title>${escapeHtml(item.title)}</title><link>${linkOf(feed, item)}</link><pubDate>${new Date(item.appears).toUTCString()}</pubDate><description>${escapeHtml(item.summary)}</description></item>`,
      )
      .join("")}</channel></rss>`,
  "rss-1.0": (feed: NewsFeed, items: NewsItem[]) =>
    `<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="${linkOf(feed)}"><title>${escapeHtml(feed.title)}</title><link>${linkOf(feed)}</link></channel>${items
      .map(
        (item) =>
          `<item rdf:about="${linkOf(feed, item)}"><title>${escapeHtml(item.title)}</title><link>${linkOf(feed, item)}</link><dc:date>${item.appears}</dc:date><description>${escapeHtml(item.summary)}</description></item>`,
      )
      .join("")}</rdf:RDF>`,
  atom: (feed: NewsFeed, items: NewsItem[]) =>
    `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${escapeHtml(feed.title)}</title><id>urn:demo:${feed.id}</id><updated>${items.at(-1)?.appears ?? "2027-01-01T00:00:00Z"}</updated>${items
      .map(
        (item) =>
          `<entry><id>urn:demo:${item.id}</id><title>${escapeHtml(item.title)}</title><link href="${linkOf(feed, item)}"/><updated>${item.appears}</updated><summary>${escapeHtml(item.summary)}</summary></entry>`,
      )
      .join("")}</feed>`,
};

function linkOf(feed: NewsFeed, item?: NewsItem): string {
  return `https://${feed.id}.example/${item ? item.id : ""}`;
}
