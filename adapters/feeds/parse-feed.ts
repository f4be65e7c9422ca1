import { createContext, Script } from "node:vm";
import Parser from "rss-parser";
import type { FeedEntry } from "../../core/feed/feed-item.ts";
import { withoutTracking } from "../../core/feed/item-key.ts";
import { FeedError } from "./feed-error.ts";
import { plainText } from "./plain-text.ts";

const mostEntries = 200;
const longestTitle = 200;
const longestSummary = 300;
const longestAddress = 2_000;

/** An item as rss-parser leaves it: any of it may be missing, or markup, or an object of the XML beneath. */
type RawItem = Partial<
  Record<"guid" | "id" | "rdf:about" | "title" | "link" | "isoDate" | "content" | "summary", unknown>
> & { "content:encoded"?: unknown; titles?: unknown[] };

/**
 * The entries of a feed in RSS 2.0, RSS 1.0 or Atom. An entry without title or web address is left out.
 * @throws FeedError `unreadable`, `too-slow`.
 */
export async function parseFeed(xml: string, feedUrl: string, timeLimitMs = 3_000): Promise<FeedEntry[]> {
  const { items } = await parse(xml, timeLimitMs);
  return items.slice(0, mostEntries).flatMap((item) => toEntry(item as RawItem, feedUrl) ?? []);
}

/** Some expressions in the parser take quadratic time on text made for it, so it runs under a clock. */
async function parse(xml: string, timeLimitMs: number): Promise<{ items: unknown[] }> {
  const parser = new Parser({
    customFields: { item: [["title", "titles", { keepArray: true }]] },
    xml2js: { valueProcessors: [readableDate] },
  });
  const sandbox = createContext({ parse: () => parser.parseString(xml) });
  try {
    return await new Script("parse()").runInContext(sandbox, { timeout: timeLimitMs });
  } catch (cause) {
    const { code } = cause as { code?: string };
    throw new FeedError(code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? "too-slow" : "unreadable", { cause });
  }
}

/** The parser gives up on a whole Atom feed for one date that it cannot read: that date is emptied. */
function readableDate(value: string, name: string): string {
  const isDate = name === "published" || name === "updated";
  return isDate && Number.isNaN(Date.parse(value)) ? "" : value;
}

function toEntry(item: RawItem, feedUrl: string): FeedEntry | undefined {
  const guid = textOf(item.guid ?? item.id ?? item["rdf:about"]).trim();
  const title = plainText(textOf(item.titles?.[0] ?? item.title), longestTitle);
  const url = webAddress(textOf(item.link), feedUrl) ?? webAddress(guid, undefined);
  if (!title || !url) return undefined;
  const summary = item.summary ?? item.content ?? item["content:encoded"];
  const publishedAt = textOf(item.isoDate);
  return {
    ...(guid && { guid }),
    title,
    url,
    summary: plainText(textOf(summary), longestSummary),
    // Years of more than four digits would not compare as text.
    ...(/^\d{4}-/.test(publishedAt) && { publishedAt }),
  };
}

/** The text in an element that came as text, or as an object with attributes and children. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join(" ");
  if (typeof value !== "object" || value === null) return "";
  const parts = Object.entries(value).filter(([name]) => name !== "$");
  return parts.map(([, part]) => textOf(part)).join(" ");
}

function webAddress(link: string, base: string | undefined): string | undefined {
  const text = link.trim();
  if (!text || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return url.href.length > longestAddress ? undefined : withoutTracking(url.href);
}
