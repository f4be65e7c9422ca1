import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readItems } from "../../adapters/feeds/parse-feed.ts";
import { newsFeed } from "../../web/news-feed.ts";

const at = "2027-03-04T12:00:00.000Z";

describe("the Atom feed of the news", () => {
  it("can be read whatever its items are made of", async () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const item = fc.record({
      title: text,
      url: fc.webUrl({ withQueryParameters: true, withFragments: true }),
      summary: text,
      source: text,
      topic: fc.constant("coding"),
      topicTitle: fc.constant("Coding"),
      publishedAt: fc.constant(at),
      firstSeenAt: fc.constant(at),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 8 }), async (items) => {
        const feed = newsFeed({
          title: "News",
          author: "Stepletter",
          publicUrl: "https://steps.example",
          path: "/news/feed.atom",
          emptyAt: at,
          items,
        });
        const { items: read } = await readItems(feed, "https://steps.example/news/feed.atom");
        expect(read).toHaveLength(items.length);
        expect(read.map(({ publishedAt }) => publishedAt)).toEqual(items.map(() => at));
        expect(read.map(({ url }) => url)).toEqual(items.map(({ url }) => new URL(url).href));
      }),
      { numRuns: 60 },
    );
  });

  it("without items says when it was written", () => {
    const feed = newsFeed({
      title: "A & B",
      author: "A",
      publicUrl: "https://steps.example",
      path: "/news/feed.atom",
      emptyAt: at,
      items: [],
    });
    expect(feed).toContain(`<title>A &amp; B</title>\n<updated>${at}</updated>`);
  });
});
