import type { NewsItem } from "../feed/feed-item.ts";
import { canonicalLink } from "../feed/item-key.ts";
import { mostRead } from "./choose-news.ts";
import type { News } from "./digest-ports.ts";
import { type Edition, editionBefore } from "./edition.ts";

/** For so many weeks an address that another feed, or the same under another name, brings once more is no news. */
const weeksRemembered = 4;

/** An item with the edition that it belongs to. */
export interface EditionItem extends NewsItem {
  edition: Edition;
}

/**
 * The items of some editions in a row, the earliest first, save those whose address stands in an edition before: one
 * who had that edition has seen it.
 */
export async function readNews(news: News, editions: Edition[]): Promise<EditionItem[]> {
  const [first = ""] = editions;
  const before = Array.from({ length: weeksRemembered }, (_, index) => editionBefore(first, index + 1));
  const read = async (edition: Edition) =>
    (await news.inEdition(edition, mostRead)).map((item) => ({ ...item, edition }));
  const [known, ...found] = await Promise.all([
    Promise.all(before.map(read)),
    ...editions.map(read),
  ] as const);
  const seen = new Set(known.flat().map(({ url }) => canonicalLink(url)));
  return found.flat().filter(({ url }) => !seen.has(canonicalLink(url)));
}
