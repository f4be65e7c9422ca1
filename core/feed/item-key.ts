import { createHash } from "node:crypto";
import type { FeedEntry } from "./feed-item.ts";

/** What an item is known by within its feed: its guid, else its address, else title and date. */
export function itemKey(entry: Omit<FeedEntry, "url"> & { url?: string }): string {
  const link = entry.url && canonicalLink(entry.url);
  const known = entry.guid
    ? ["guid", entry.guid]
    : link
      ? ["link", link]
      : ["title", entry.title, entry.publishedAt ?? ""];
  return createHash("sha256").update(JSON.stringify(known)).digest("base64url").slice(0, 22);
}

/** An address without its fragment and without what only tells where a click came from. */
export function canonicalLink(link: string): string {
  const url = new URL(withoutTracking(link));
  url.hash = "";
  return url.href;
}

/** An address without what only tells where a click came from. */
export function withoutTracking(link: string): string {
  const url = new URL(link);
  const tracking = [...url.searchParams.keys()].filter((name) => /^(utm_.*|fbclid)$/i.test(name));
  for (const name of tracking) url.searchParams.delete(name);
  return url.href;
}
