import type { Topic } from "../catalogue.ts";
import type { NewsItem } from "../feed/feed-item.ts";
import { canonicalLink } from "../feed/item-key.ts";
import type { Instant } from "../time/instant.ts";

/** What a digest holds at most. */
export const mostItems = 12;
/** Items looked through for those that are shown. */
export const mostRead = 1000;

/** The best of the items: those that a digest shows. */
export function chooseNews<Item extends NewsItem>(items: Item[]): Item[] {
  return rankNews(items).slice(0, mostItems);
}

/** Items, the best first, the newest first among equals, each web address once. */
export function rankNews<Item extends NewsItem>(items: Item[]): Item[] {
  const bestFirst = [...items].sort(
    (a, b) =>
      (b.score ?? 0) - (a.score ?? 0) ||
      compare(dateOf(b), dateOf(a)) ||
      compare(b.firstSeenAt, a.firstSeenAt) ||
      compare(a.url, b.url),
  );
  return onceEach(bestFirst);
}

/** The first item of each web address, however many feeds have it. */
export function onceEach<Item extends Pick<NewsItem, "url">>(items: Item[]): Item[] {
  const byLink = new Map<string, Item>();
  for (const item of items) {
    const link = canonicalLink(item.url);
    if (!byLink.has(link)) byLink.set(link, item);
  }
  return [...byLink.values()];
}

/** The items of the topics that a reader wants; without a choice all of them. */
export function itemsOf<Item extends Pick<NewsItem, "topic">>(
  items: Item[],
  topics: readonly Topic[] | undefined,
): Item[] {
  return topics ? items.filter(({ topic }) => topics.includes(topic)) : items;
}

/** When an item appeared: as its feed says, but not after we saw it. */
export function dateOf({ publishedAt, firstSeenAt }: Pick<NewsItem, "publishedAt" | "firstSeenAt">): Instant {
  return publishedAt !== undefined && publishedAt < firstSeenAt ? publishedAt : firstSeenAt;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
