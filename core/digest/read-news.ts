import type { NewsItem } from "../feed/feed-item.ts";
import { mostRead } from "./choose-news.ts";
import type { News } from "./digest-ports.ts";
import type { Edition } from "./edition.ts";

/** An item with the edition that it belongs to. */
export interface EditionItem extends NewsItem {
  edition: Edition;
}

/** The items of some editions, the earliest edition first. An item is in one alone, whatever its feeds do with it. */
export async function readNews(news: News, editions: Edition[]): Promise<EditionItem[]> {
  const read = async (edition: Edition) =>
    (await news.inEdition(edition, mostRead)).map((item) => ({ ...item, edition }));
  return (await Promise.all(editions.map(read))).flat();
}
