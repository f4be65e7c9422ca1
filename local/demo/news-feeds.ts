import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { parse } from "yaml";
import type { FeedSource, Topic } from "../../core/catalogue.ts";
import { escapeHtml } from "../../core/escape-html.ts";
import { serve } from "../feed-server/start-feed-server.ts";

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

/** One feed of the demo and what answers for it. */
export interface NewsAnswer {
  source: Omit<FeedSource, "url" | "everyMinutes">;
  path: string;
  answer: RequestListener;
}

/** The fixture's feeds, each in its own format; an item appears when the calendar has come to it. */
export function newsFeeds(fixture: URL, now: () => string): NewsAnswer[] {
  const { feeds } = parse(readFileSync(fixture, "utf8")) as { feeds: NewsFeed[] };
  return feeds.map((feed) => ({
    source: { id: feed.id, title: feed.title, topic: feed.topic },
    path: `/${feed.id}.xml`,
    answer: serve(
      () =>
        formats[feed.format](
          feed,
          feed.items.filter(({ appears }) => Date.parse(appears) <= Date.parse(now())),
        ),
      { "content-type": "application/xml; charset=utf-8" },
    ),
  }));
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
