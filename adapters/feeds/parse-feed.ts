import { createContext, Script } from "node:vm";
import RssParser from "rss-parser";
import type { FeedEntry } from "../../core/feed/feed-item.ts";
import { withoutTracking } from "../../core/feed/item-key.ts";
import type { Instant } from "../../core/time/instant.ts";
import { FeedError } from "./feed-error.ts";
import { plainText } from "./plain-text.ts";
import { tidyDocument } from "./tidy-document.ts";
import { writeTidy } from "./write-tidy.ts";

const longestTitle = 200;
const longestSummary = 300;
const longestCategory = 60;
const longestGuid = 2_000;

/** A document's entries that can be shown, and how long it asks to be left alone. */
export interface ParsedFeed {
  entries: FeedEntry[];
  ttlMinutes?: number;
}

/** An item as its document has it: title and address may be missing. */
export type ReadItem = Omit<FeedEntry, "url"> & { url?: string };

/**
 * The entries of a feed in any RSS or Atom. One without title or web address is left out.
 * @throws FeedError `not-a-feed`, `too-deep`, `unreadable`, `too-slow`.
 */
export async function parseFeed(xml: string, feedUrl: string, timeLimitMs = 3_000): Promise<ParsedFeed> {
  const { items, ttlMinutes } = await readItems(xml, feedUrl, timeLimitMs);
  const entries = items.flatMap(({ url, ...item }) =>
    item.title && url ? [{ ...item, url: withoutTracking(url) }] : [],
  );
  return { entries, ...(ttlMinutes !== undefined && { ttlMinutes }) };
}

/** All items of a document, whatever they lack. @throws as {@link parseFeed} */
export async function readItems(
  xml: string,
  feedUrl: string,
  timeLimitMs = 3_000,
): Promise<{ items: ReadItem[]; ttlMinutes?: number }> {
  const { items, ttl } = await parse(xml, feedUrl, timeLimitMs);
  const minutes = /^\d{1,6}$/.test(String(ttl)) ? Number(ttl) : 0;
  return { items: items.map(toItem), ...(minutes > 0 && { ttlMinutes: minutes }) };
}

/** A tidy item as rss-parser leaves it. */
interface ParsedItem {
  guid?: string;
  id?: string;
  title?: string;
  link?: string;
  isoDate?: Instant;
  content?: string;
  summary?: string;
  categories?: string[];
}

/** Text made for it keeps some expressions busy for very long, so all of it runs under a clock. */
async function parse(xml: string, feedUrl: string, timeLimitMs: number) {
  // One for each document: it never settles a second time on a document that it cannot read.
  const parser = new RssParser<{ ttl?: string }, ParsedItem>({
    customFields: { item: [["category", "categories", { keepArray: true }]] },
  });
  const sandbox = createContext({
    parse: () => parser.parseString(writeTidy(tidyDocument(xml, feedUrl))),
  });
  try {
    return (await new Script("parse()").runInContext(sandbox, { timeout: timeLimitMs })) as Awaited<
      ReturnType<typeof parser.parseString>
    >;
  } catch (cause) {
    if (cause instanceof FeedError) throw cause;
    const { code } = cause as { code?: string };
    throw new FeedError(code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? "too-slow" : "unreadable", { cause });
  }
}

function toItem(item: ParsedItem): ReadItem {
  const guid = (item.guid ?? item.id ?? "").trim();
  const categories = (item.categories ?? []).map((category) => plainText(category, longestCategory));
  return {
    ...(guid && guid.length <= longestGuid && { guid }),
    title: plainText(item.title ?? "", longestTitle),
    ...(item.link && { url: item.link }),
    summary: plainText(item.summary ?? item.content ?? "", longestSummary),
    ...(categories.length > 0 && { categories: categories.filter(Boolean) }),
    ...(item.isoDate && { publishedAt: item.isoDate }),
  };
}
