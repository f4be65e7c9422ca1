import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { News } from "../../core/digest/digest-ports.ts";
import type { FeedItem, NewsItem } from "../../core/feed/feed-item.ts";
import type { UnderTest } from "./under-test.ts";

/** News, and how an item gets there. */
export interface NewsOf {
  news: News;
  add(item: FeedItem): Promise<unknown>;
}

const shown = (day: number): NewsItem => ({
  title: `News of day ${day}`,
  url: `https://news.example/${day}`,
  summary: "What happened.",
  topic: "careers",
  source: "A journal",
  firstSeenAt: `2027-03-0${day}T09:00:00.000Z`,
  ...(day === 3 && { score: -2 }),
  ...(day === 4 && { ceHours: 1.5 }),
  ...(day % 2 === 0 && { publishedAt: `2027-02-1${day}T09:00:00.000Z` }),
});

/** What news does, whatever keeps it. It begins empty. */
export function newsContract(name: string, start: () => Promise<UnderTest<NewsOf>>): void {
  describe(`news, ${name}`, () => {
    let news: News;
    let under: UnderTest<NewsOf>;
    beforeAll(async () => {
      under = await start();
      news = under.port.news;
      const add = (day: number, edition: string, feedId: string) =>
        under.port.add({ ...shown(day), key: `item-${day}`, edition, feedId });
      await add(2, "2027-W10", "a");
      await add(4, "2027-W10", "b");
      await add(1, "2027-W10", "b");
      await add(3, "2027-W10", "a");
      await add(5, "2027-W11", "a");
    });
    afterAll(() => under.stop?.());

    it("is that of the edition, of all feeds, seen last first", async () => {
      expect(await news.inEdition("2027-W10", 100)).toEqual([4, 3, 2, 1].map(shown));
      expect(await news.inEdition("2027-W11", 100)).toEqual([shown(5)]);
      expect(await news.inEdition("2027-W12", 100)).toEqual([]);
    });

    it("is the newest, if there is more than was asked for", async () => {
      expect(await news.inEdition("2027-W10", 3)).toEqual([4, 3, 2].map(shown));
      expect(await news.inEdition("2027-W10", 1)).toEqual([shown(4)]);
    });
  });
}
