import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topics } from "../../../core/catalogue.ts";
import { chooseNews, dateOf, mostItems } from "../../../core/digest/choose-news.ts";
import type { NewsItem } from "../../../core/feed/feed-item.ts";
import { canonicalLink } from "../../../core/feed/item-key.ts";

const seen = "2027-03-05T12:00:00.000Z";
const item = (url: string, publishedAt?: string): NewsItem => ({
  title: url,
  url,
  summary: "",
  topic: "coding",
  source: "Feed",
  firstSeenAt: seen,
  ...(publishedAt && { publishedAt }),
});

describe("the items of a digest", () => {
  it("are the newest, by the date of their feed, which is never after we saw them", () => {
    const items = [
      item("https://a.example/old", "2019-01-01T00:00:00.000Z"),
      item("https://a.example/future", "2033-01-01T00:00:00.000Z"),
      item("https://a.example/new", "2027-03-04T00:00:00.000Z"),
    ];
    expect(chooseNews(items).map(({ url }) => url.slice(18))).toEqual(["future", "new", "old"]);
  });

  it("are those with the most points first, and the newest of equals", () => {
    const scored = (url: string, score: number, publishedAt: string) => ({
      ...item(url, publishedAt),
      score,
    });
    const items = [
      scored("https://a.example/new", 0, "2027-03-04T00:00:00.000Z"),
      scored("https://a.example/sold", -4, "2027-03-05T00:00:00.000Z"),
      scored("https://a.example/rule", 3, "2027-03-01T00:00:00.000Z"),
      scored("https://a.example/rule-2", 3, "2027-03-02T00:00:00.000Z"),
      item("https://a.example/old", "2027-03-01T00:00:00.000Z"),
    ];
    expect(chooseNews(items).map(({ url }) => url.slice(18))).toEqual([
      "rule-2",
      "rule",
      "new",
      "old",
      "sold",
    ]);
  });

  it("are twelve at most, each once, newest first where none has points, whatever their order", () => {
    const arbitrary = fc.record({
      title: fc.string(),
      url: fc
        .tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom("", "?utm_source=a", "#x", "?fbclid=1"))
        .map(([id, rest]) => `https://a.example/${id}${rest}`),
      summary: fc.string(),
      topic: fc.constantFrom(...topics),
      source: fc.string(),
      firstSeenAt: fc.constantFrom(seen, "2027-03-04T12:00:00.000Z"),
    });
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 60 }), (items) => {
        const chosen = chooseNews(items);
        const links = chosen.map(({ url }) => canonicalLink(url));
        expect(chosen.length).toBeLessThanOrEqual(mostItems);
        expect(new Set(links).size).toBe(chosen.length);
        expect(chosen.map(dateOf)).toEqual(chosen.map(dateOf).sort().reverse());
        expect(chooseNews(items.toReversed()).map(({ url }) => canonicalLink(url))).toEqual(links);
      }),
    );
  });
});
