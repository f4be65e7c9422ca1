import { lookup } from "node:dns/promises";
import type { FeedReader } from "../../core/feed/feed-ports.ts";
import { checkDocument } from "./check-document.ts";
import type { Resolve } from "./check-url.ts";
import { decodeDocument } from "./decode-document.ts";
import { FeedError } from "./feed-error.ts";
import { guardedFetch } from "./guarded-fetch.ts";
import { parseFeed } from "./parse-feed.ts";

export interface FeedReaderOptions {
  publicUrl: string;
  /** One exact origin that may be on this machine: for fixtures, never in a deployment. */
  trustedOrigin?: string;
  resolve?: Resolve;
}

/** Reads feeds over HTTP, guarded. Whatever is wrong with a feed is an outcome. */
export function httpFeedReader(options: FeedReaderOptions): FeedReader {
  const reach = {
    resolve: options.resolve ?? resolveHost,
    permits: (origin: string) => origin === options.trustedOrigin,
  };
  const accept =
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml, text/xml;q=0.9";
  const polite = { accept, "user-agent": `Stepletter/0.1 (+${options.publicUrl})` };
  return {
    async read(source, { etag, lastModified }) {
      const headers = {
        ...polite,
        ...(etag && { "if-none-match": etag }),
        ...(lastModified && { "if-modified-since": lastModified }),
      };
      try {
        const fetched = await guardedFetch(source.url, headers, reach);
        if (fetched.status === "unchanged") return fetched;
        const { body, contentType, url, status: _, ...validators } = fetched;
        const text = decodeDocument(body, contentType);
        checkDocument(text, contentType);
        return { status: "read", ...(await parseFeed(text, url)), ...validators };
      } catch (error) {
        if (error instanceof FeedError) return { status: "failed", code: error.code };
        return { status: "failed", code: "unreadable" };
      }
    },
  };
}

const resolveHost: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address);
};
