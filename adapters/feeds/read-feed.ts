import { lookup } from "node:dns/promises";
import type { FeedReader } from "../../core/feed/feed-ports.ts";
import { checkDocument } from "./check-document.ts";
import type { Resolve } from "./check-url.ts";
import { decodeDocument } from "./decode-document.ts";
import { FeedError } from "./feed-error.ts";
import { type FetchLimits, guardedFetch } from "./guarded-fetch.ts";
import { parseFeed } from "./parse-feed.ts";

/** Answers by which a host says that it does not want us; nothing is done to look like somebody else. */
const refusals = new Set(["http-401", "http-403", "http-451"]);

export interface FeedReaderOptions {
  publicUrl: string;
  /** Address of whoever answers for the polling. */
  contact: string;
  /** One exact origin that may be on this machine: for fixtures, never in a deployment. */
  trustedOrigin?: string;
  resolve?: Resolve;
  limits?: FetchLimits;
}

/** Reads feeds over HTTP, guarded. Whatever is wrong with a feed is an outcome. */
export function httpFeedReader(options: FeedReaderOptions): FeedReader {
  const reach = {
    resolve: options.resolve ?? resolveHost,
    permits: (origin: string) => origin === options.trustedOrigin,
  };
  const accept =
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml, text/xml;q=0.9";
  const polite = { accept, "user-agent": `Stepletter/0.1 (+${options.publicUrl}; ${options.contact})` };
  return {
    async read(source, { etag, lastModified }) {
      const headers = {
        ...polite,
        ...(etag && { "if-none-match": etag }),
        ...(lastModified && { "if-modified-since": lastModified }),
      };
      try {
        const fetched = await guardedFetch(source.url, headers, reach, options.limits);
        if (fetched.status === "unchanged") return fetched;
        const { body, contentType, url, status: _, ...validators } = fetched;
        const document = checkDocument(decodeDocument(body, contentType), contentType);
        return { status: "read", ...(await parseFeed(document, url)), ...validators };
      } catch (error) {
        if (!(error instanceof FeedError)) return { status: "failed", code: "unreadable" };
        const { code, advice } = error;
        return { status: "failed", code, ...advice, ...(refusals.has(code) && { refused: true }) };
      }
    },
  };
}

const resolveHost: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address);
};
