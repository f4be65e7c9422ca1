import { createHash } from "node:crypto";
import type { FeedEntry } from "./feed-item.ts";

/** What an entry can be told by; a document may give neither guid nor address. */
export type EntryMarks = Pick<FeedEntry, "guid" | "title" | "publishedAt"> & { url?: string };

/**
 * What an item is known by, each as a hash: its address, in whatever feed; its guid, within its feed; only without
 * either its title and day. The address comes first: it is what two feeds may write at once.
 */
export function marksOf(feedId: string, entry: EntryMarks): string[] {
  const link = entry.url && ["link", linkMark(entry.url)];
  const guid = entry.guid && ["guid", feedId, withoutScheme(entry.guid.trim())];
  const marks = [link, guid].filter((mark) => Array.isArray(mark));
  return marks.length > 0 ? marks.map(shortHash) : [titleMark(feedId, entry)];
}

/** What an address is known by, in whatever feed. */
export function addressMark(url: string): string {
  return shortHash(["link", linkMark(url)]);
}

/** What an item is known by where nothing else tells it from others. */
export function titleMark(feedId: string, { title, publishedAt }: EntryMarks): string {
  return shortHash(["title", feedId, plainTitle(title), publishedAt?.slice(0, 10) ?? ""]);
}

/** A title as it is compared: capitals and spaces make no other post. */
export function plainTitle(title: string): string {
  return title.trim().toLowerCase().replace(/\s+/g, " ");
}

/** An address as it is compared: canonical, whichever of http and https it has. */
export function linkMark(link: string): string {
  return withoutScheme(canonicalLink(link));
}

/** What a key of an item looks like. */
export const itemKeyShape = /^[\w-]{22}$/;

/** 132 bits that stand for what was given. */
export function shortHash(known: unknown): string {
  return createHash("sha256").update(JSON.stringify(known)).digest("base64url").slice(0, 22);
}

/** An address without its fragment and without what only tells where a click came from. */
export function canonicalLink(link: string): string {
  const url = new URL(withoutTracking(link));
  url.hash = "";
  return url.href;
}

const tracking =
  /^(utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi)$/i;

/** An address without what only tells where a click came from. */
export function withoutTracking(link: string): string {
  const url = new URL(link);
  const names = [...url.searchParams.keys()].filter((name) => tracking.test(name));
  for (const name of names) url.searchParams.delete(name);
  return url.href;
}

function withoutScheme(address: string): string {
  return address.replace(/^https?:/i, "");
}
