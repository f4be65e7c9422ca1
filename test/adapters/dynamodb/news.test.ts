import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoFeeds } from "../../../adapters/dynamodb/feeds.ts";
import { dynamoNews } from "../../../adapters/dynamodb/news.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import type { FeedItem } from "../../../core/feed/feed-item.ts";
import { addMinutes } from "../../../core/time/instant.ts";
import { startTable } from "../../helpers/table.ts";

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const item = (number: number, summary = ""): FeedItem => ({
  feedId: "coding",
  key: `key-${number}`,
  title: `Item ${number}`,
  url: `https://coding.example/${number}`,
  summary,
  topic: "coding",
  source: "The Coding Corner",
  firstSeenAt: addMinutes("2027-03-01T12:00:00.000Z", number),
  edition: number < 100 ? "2027-W10" : "2027-W11",
});

describe("news", () => {
  it("of an edition is all that was first seen for it, the last first, and none of another", async () => {
    const feeds = dynamoFeeds(table);
    for (const number of [1, 2, 3, 100]) expect(await feeds.addItem(item(number))).toBe(true);
    expect(await feeds.addItem({ ...item(1), title: "Changed", edition: "2027-W11" })).toBe(false);
    const { feedId: _, key: __, edition: ___, ...shown } = item(3);
    const found = await dynamoNews(table).inEdition("2027-W10", 100);
    expect(found.map(({ title }) => title)).toEqual(["Item 3", "Item 2", "Item 1"]);
    expect(found[0]).toEqual(shown);
    expect(await dynamoNews(table).inEdition("2027-W10", 2)).toHaveLength(2);
    expect(await dynamoNews(table).inEdition("2027-W12", 100)).toEqual([]);
  });

  it("is read on, page by page", async () => {
    const feeds = dynamoFeeds(table);
    const large = "x".repeat(100_000);
    for (let number = 200; number < 215; number++)
      await feeds.addItem({ ...item(number, large), edition: "2027-W20" });
    expect(await dynamoNews(table).inEdition("2027-W20", 1000)).toHaveLength(15);
  });
});
