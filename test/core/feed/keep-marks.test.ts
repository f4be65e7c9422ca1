import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedEntry } from "../../../core/feed/feed-item.ts";
import { keepMarks } from "../../../core/feed/keep-marks.ts";
import { memoryMarks } from "../../helpers/memory-marks.ts";

const now = "2027-03-01T12:00:00.000Z";
const entry = (changes: Partial<FeedEntry> = {}): FeedEntry => ({
  guid: "g1",
  title: "The first",
  url: "https://a.example/1",
  summary: "",
  publishedAt: "2027-03-01T09:00:00.000Z",
  ...changes,
});
const other = { title: "Another", publishedAt: "2027-04-01T09:00:00.000Z" };

/** Polls one document after another; answers the keys of each. */
async function polled(...documents: (FeedEntry[] | [string, FeedEntry[]])[]): Promise<string[][]> {
  const itemMarks = memoryMarks();
  const keys: string[][] = [];
  for (const document of documents) {
    const [feed, entries] = typeof document[0] === "string" ? document : ["f", document];
    const recognised = await keepMarks({ itemMarks }, String(feed), entries as FeedEntry[], { now });
    keys.push(recognised.map(({ as }) => as.key));
  }
  return keys;
}

/** How many items two documents make, one after the other. */
const itemsOf = async (...documents: Parameters<typeof polled>) =>
  new Set((await polled(...documents)).flat()).size;

describe("the same item", () => {
  it.each<[string, Partial<FeedEntry>]>([
    ["nothing changed", {}],
    ["another title", { title: "Changed" }],
    ["another date", { publishedAt: "2027-04-01T09:00:00.000Z" }],
    ["no date any more", { publishedAt: undefined as never }],
    ["no date any more, and another title", { publishedAt: undefined as never, title: "Changed" }],
    ["another address", { url: "https://a.example/moved" }],
    ["another address and title, the same day", { url: "https://a.example/moved", title: "Changed" }],
    ["another guid", { guid: "g2" }],
    [
      "another title two days later, under guid and address",
      { title: "New", publishedAt: "2027-03-03T09:00:00.000Z" },
    ],
    ["another guid and title, the same day", { guid: "g2", title: "Changed" }],
    ["no guid any more", { guid: undefined as never }],
    ["a guid that is an address, under http", { guid: "http://a.example/?p=1" }],
    ["an address under http, counted", { url: "http://a.example/1?utm_source=x#top", guid: "g2" }],
  ])("it is, with %s", async (_, changes) => {
    const before = changes.guid?.startsWith("http") ? entry({ guid: "https://a.example/?p=1" }) : entry();
    expect(await itemsOf([before], [{ ...before, ...changes }])).toBe(1);
  });

  it.each<[string, Partial<FeedEntry>]>([
    ["a guid used again for another post", { ...other, url: "https://a.example/2" }],
    ["an address used again for another post", { ...other, guid: "g2" }],
    ["guid and address used again for another post", other],
    [
      "guid and address used again a week later",
      { title: "Week 2", publishedAt: "2027-03-08T09:00:00.000Z" },
    ],
    ["another guid and address", { guid: "g2", url: "https://a.example/2" }],
  ])("it is not, with %s", async (_, changes) => {
    expect(await itemsOf([entry()], [entry(changes)])).toBe(2);
    // Back and forth, as caches do, there are still two.
    expect(await itemsOf([entry()], [entry(changes)], [entry()], [entry(changes)])).toBe(2);
  });

  it("flips between an old and a new version of a post, and stays one", async () => {
    const edited = entry({ title: "Changed" });
    const bumped = entry({ title: "Changed", publishedAt: "2027-03-09T09:00:00.000Z" });
    expect(await itemsOf([entry()], [edited], [bumped], [entry()], [bumped])).toBe(1);
  });

  it("is known without dates by its address, where a guid is used again", async () => {
    const undated = (changes: Partial<FeedEntry>) => {
      const { publishedAt: _, ...rest } = entry(changes);
      return rest;
    };
    const reused = undated({ title: "Another", url: "https://a.example/2" });
    expect(await itemsOf([undated({})], [reused])).toBe(2);
    expect(await itemsOf([undated({})], [undated({ title: "Changed" })])).toBe(1);
  });

  it("is one in two feeds that have its address, whatever their headlines, but not the next post there", async () => {
    const theirs = entry({ guid: "x9", title: "Our headline", publishedAt: "2027-03-03T01:00:00.000Z" });
    expect(await itemsOf([entry()], ["b", [theirs]], ["b", [theirs]], [entry()])).toBe(1);
    const next = entry({ ...other });
    const theirNext = entry({ guid: "x10", title: "The next", publishedAt: "2027-04-02T01:00:00.000Z" });
    expect(await itemsOf([entry()], ["b", [theirs]], [next], ["b", [theirNext]], [next])).toBe(2);
    // The feed's own next post of the day after is no headline of theirs.
    const dayAfter = entry({ guid: "g2", title: "Another", publishedAt: "2027-03-02T09:00:00.000Z" });
    expect(await itemsOf([entry()], ["b", [theirs]], [dayAfter])).toBe(2);
  });

  it("is not another entry of the same document, whatever they share", async () => {
    const page = "https://a.example/transmittals";
    const first = entry({ url: page });
    const second = entry({ url: page, guid: "g2", title: "The second" });
    expect(await itemsOf([first, second], [second, first])).toBe(2);
    const third = entry({ url: page, guid: "g3", title: "The third" });
    expect(await itemsOf([first, second], [third, first, second], [third])).toBe(3);
    expect(await itemsOf([first, { ...first, guid: "g9" }])).toBe(1);
  });

  it("is what its guid says, when it is mended and gets the address of another", async () => {
    const second = entry({ guid: "g2", title: "The second", url: "https://a.example/2" });
    const moved = entry({ title: "Changed", url: second.url });
    const [before, after] = await polled([entry(), second], [moved]);
    expect(after).toEqual([before?.[0]]);
  });

  it("is told by title and day where all entries have one guid and one address", async () => {
    const many = Array.from({ length: 40 }, (_, index) => entry({ title: `Post ${index}` }));
    expect(await itemsOf(many, many.toReversed())).toBe(40);
  });
});

describe("the marks of a document", () => {
  it("cost no write when nothing has changed, and are put off once a month", async () => {
    const itemMarks = memoryMarks();
    const poll = (at: string) => keepMarks({ itemMarks }, "f", [entry()], { now: at });
    await poll(now);
    expect(itemMarks.writes).toBe(2);
    await poll("2027-03-20T12:00:00.000Z");
    expect(itemMarks.writes).toBe(2);
    await poll("2027-04-20T12:00:00.000Z");
    expect(itemMarks.writes).toBe(4);
    for (const { keptUntil } of itemMarks.rows.values()) expect(keptUntil > "2028-05-01").toBe(true);
  });

  it("let whoever comes second to an address find the other's item", async () => {
    const itemMarks = memoryMarks();
    const raced = {
      ...itemMarks,
      async saveMark(mark: Parameters<typeof itemMarks.saveMark>[0]) {
        if (itemMarks.writes === 0) await keepMarks({ itemMarks }, "b", [entry({ guid: "x" })], { now });
        return itemMarks.saveMark(mark);
      },
    };
    const [one] = await keepMarks({ itemMarks: raced }, "f", [entry()], { now });
    expect(one?.as).toMatchObject({ feed: "b", by: "f" });
    const [again] = await keepMarks({ itemMarks }, "f", [entry({ url: "https://a.example/moved" })], { now });
    expect(again?.as.key).toBe(one?.as.key);
  });
});

describe("over random histories of a feed and another that repeats it", () => {
  /** What a publisher may do to one of their posts between two polls. */
  const deeds = [
    "post",
    "retitle",
    "bump",
    "flip-scheme",
    "change-guid",
    "reuse-guid",
    "reuse-link",
    "bring-back",
    "drop",
    "repeat",
  ] as const;
  const history = fc.array(fc.tuple(fc.constantFrom(...deeds), fc.nat(9)), { maxLength: 25 });

  interface Post extends FeedEntry {
    id: number;
  }

  it("each post is one item, and each item one post", async () => {
    await fc.assert(
      fc.asyncProperty(history, async (walk) => {
        const itemMarks = memoryMarks();
        let count = 0;
        const fresh = () => {
          const n = ++count;
          const day = new Date(Date.UTC(2027, 0, 1 + 7 * n)).toISOString();
          return {
            guid: `https://a.example/?p=${n}`,
            title: `Title ${n}`,
            url: `https://a.example/${n}`,
            day,
          };
        };
        const create = (from: Partial<Post> = {}): Post => {
          const { day, ...rest } = fresh();
          return { id: count, summary: "", publishedAt: day, ...rest, ...from };
        };
        let listed: Post[] = [];
        const gone: Post[] = [];
        const keyOf = new Map<number, string>();
        const poll = async (feed: string, posts: Post[]) => {
          const found = await keepMarks({ itemMarks }, feed, posts, { now });
          found.forEach(({ as }, index) => {
            const { id = 0 } = posts[index] ?? {};
            expect(keyOf.get(id) ?? as.key).toBe(as.key);
            keyOf.set(id, as.key);
          });
          expect(new Set(keyOf.values()).size).toBe(keyOf.size);
        };
        for (const [deed, pick] of walk) {
          const post = listed[pick % Math.max(listed.length, 1)];
          const replace = (by: Post[]) => {
            listed = listed.flatMap((one) => (one === post ? by : [one]));
          };
          const flipped = (address = "") =>
            address.replace(/^https?/, (s) => (s === "http" ? "https" : "http"));
          if (deed === "post" || !post) listed.unshift(create());
          else if (deed === "retitle") replace([{ ...post, title: fresh().title }]);
          else if (deed === "bump") replace([{ ...post, publishedAt: fresh().day }]);
          else if (deed === "flip-scheme")
            replace([{ ...post, guid: flipped(post.guid), url: flipped(post.url) }]);
          else if (deed === "change-guid") replace([{ ...post, guid: fresh().guid }]);
          else if (deed === "drop") replace([]);
          else if (deed === "reuse-guid") replace([create({ guid: post.guid ?? "" })]);
          else if (deed === "reuse-link") replace([create({ url: post.url })]);
          else if (deed === "bring-back") {
            const back = gone.findLast(({ id }) => !listed.some((one) => one.id === id));
            replace(back ? [back] : [post]);
          } else
            await poll(
              "b",
              listed.map((one) => ({ ...one, guid: `b${one.id}`, url: `${one.url}?utm_source=b` })),
            );
          if (post && !listed.includes(post)) gone.push(post);
          await poll("f", listed);
        }
      }),
      { numRuns: 400 },
    );
  });
});
