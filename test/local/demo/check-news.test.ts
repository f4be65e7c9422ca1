import { describe, expect, it } from "vitest";
import { checkNews } from "../../../local/demo/news.ts";
import type { DemoFeeds } from "../../../local/demo/start-feeds.ts";

const documents = [{ id: "rss", count: 2 }] as DemoFeeds["documents"];
const feeds = { news: ["desk"], documents, hostile: [{ id: "bomb", code: "too-large" }] };
const well = (feed: string) => ({ feed, health: "ok" });
const bomb = { feed: "bomb", health: "failing", error: "too-large" };
const item = (feed: string) => ({ feed, topic: "coding", edition: "2027-W10" });
const good = { states: [well("desk"), well("rss"), bomb], items: [item("rss"), item("rss")] };
const check = (news: Partial<typeof good>) => checkNews(feeds, { ...good, ...news });

describe("the check of the demo's feeds", () => {
  it("finds nothing where all is as the index says", () => {
    expect(check({})).toEqual([]);
  });

  it("finds a feed that should be well, and is not", () => {
    const failing = { feed: "rss", health: "failing", error: "not-a-feed" };
    expect(check({ states: [well("desk"), failing, bomb] })).toEqual([
      "feed rss is failing not-a-feed, though its document can be read",
    ]);
    expect(check({ states: [well("rss"), bomb] })).toEqual([
      "feed desk is never polled, though its document can be read",
    ]);
  });

  it("finds an item too few, and one too many", () => {
    expect(check({ items: [item("rss")] })).toEqual(["feed rss gave 1 items, not 2"]);
    expect(check({ items: [item("rss"), item("rss"), item("rss")] })).toEqual([
      "feed rss gave 3 items, not 2",
    ]);
  });

  it("finds a hostile feed that is not refused, or for another reason", () => {
    const other = { ...bomb, error: "timeout" };
    expect(check({ states: [well("desk"), well("rss"), other] })).toEqual([
      "feed bomb is timeout, though it must be refused as too-large",
    ]);
    expect(
      check({ states: [well("desk"), well("rss"), well("bomb")], items: [...good.items, item("bomb")] }),
    ).toEqual(["feed bomb is not refused, though it must be refused as too-large", "feed bomb gave items"]);
  });
});
