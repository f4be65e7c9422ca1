import fc from "fast-check";
import RssParser from "rss-parser";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { connect, type Deps } from "../../../adapters/connect.ts";
import { deleteRow } from "../../../adapters/dynamodb/table.ts";
import type { FeedSource } from "../../../core/catalogue.ts";
import type { FeedEntry } from "../../../core/feed/feed-item.ts";
import { addDays, addHours } from "../../../core/time/instant.ts";
import { handler } from "../../../functions/queue/poll-feed.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { rssOf, serving, startFeedHost } from "../../helpers/feed-server.ts";
import { allRows, tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const source = (id: string): FeedSource => ({
  id,
  title: `Feed ${id}`,
  url: `https://${id}.example/feed`,
  topic: "coding",
  everyMinutes: 60,
});
const entry = (id: number | string, changes: Partial<FeedEntry> = {}): FeedEntry => ({
  guid: `g${id}`,
  title: `Item ${id}`,
  url: `https://news.example/${id}`,
  summary: "",
  publishedAt: "2027-02-28T09:00:00.000Z",
  ...changes,
});
/** As the function has it, where the feeds list these entries. */
const offering = (entries: FeedEntry[], changes: Partial<Deps> = {}): Deps => ({
  ...service.depsOf("poll-feed"),
  catalogue: { ...catalogue, feeds: [source("a"), source("b")] },
  feedReader: { read: async () => ({ status: "read", entries }) },
  ...changes,
});
const run = async (deps: Deps, feedId = "a") =>
  failedIds(await handler.with(deps)(sqsEvent({ v: 1, feedId })));
/** Polls a feed when its time has come again. */
async function poll(entries: FeedEntry[], feedId = "a"): Promise<void> {
  service.clock.set(addHours(service.clock.now(), 1));
  expect(await run(offering(entries), feedId)).toEqual([]);
}
const items = async () => (await allRows(service)).filter(({ sk }) => String(sk).startsWith("ITEM#"));
const shown = async () => (await items()).map(({ title, feedId }) => `${feedId}: ${title}`).sort();

describe("an item that its feed changes", () => {
  it("is changed where it is: key, edition and place stay", async () => {
    await poll([entry(1)]);
    const [before] = await items();
    service.clock.set("2027-03-15T12:00:00.000Z");
    await poll([entry(1, { title: "Item 1, mended", url: "https://news.example/one", summary: "More" })]);
    expect(await items()).toEqual([
      { ...before, title: "Item 1, mended", url: "https://news.example/one", summary: "More", rev: 2 },
    ]);
  });

  it("is judged anew, by the rules as they are now", async () => {
    await poll([entry(1, { title: "CPT and HIPAA" })]);
    const feedRules = {
      topics: [{ topic: "privacy" as const, words: ["HIPAA"] }],
      relevance: [{ because: "codes", points: 4, words: ["CPT"] }],
    };
    const judging = (rules: typeof feedRules) =>
      offering([entry(1, { title: "CPT and HIPAA" })], {
        catalogue: { ...catalogue, feeds: [source("a")], feedRules: rules },
      });
    service.clock.set(addHours(service.clock.now(), 1));
    await run(judging(feedRules));
    expect(await items()).toMatchObject([{ topic: "privacy", score: 4 }]);
    service.clock.set(addHours(service.clock.now(), 1));
    await run(judging({ topics: [], relevance: [] }));
    const [row] = await items();
    expect(row).toMatchObject({ topic: "coding", rev: 3 });
    expect(row).not.toHaveProperty("score");
  });

  it("costs no write as long as it is as it was", async () => {
    const entries = Array.from({ length: 50 }, (_, index) => entry(index));
    await poll(entries);
    const before = (await allRows(service)).filter(({ sk }) => sk !== "STATE");
    const { feeds, itemMarks } = service.depsOf("poll-feed");
    const writes: string[] = [];
    const counted = <Port extends object>(port: Port) =>
      new Proxy(port, {
        get: (target, name, receiver) => {
          if (/^(add|change|save)/.test(String(name))) writes.push(String(name));
          return Reflect.get(target, name, receiver);
        },
      });
    service.clock.set(addHours(service.clock.now(), 1));
    await run(offering(entries, { feeds: counted(feeds), itemMarks: counted(itemMarks) }));
    expect(writes).toEqual(["saveState"]);
    expect((await allRows(service)).filter(({ sk }) => sk !== "STATE")).toEqual(before);
  });
});

describe("an item that is known", () => {
  it("stays one when its guid flips between http and https, or is another", async () => {
    const guid = "https://news.example/?p=1";
    for (const changed of [guid, guid.replace("https", "http"), guid, "tag:news.example,2027:1"])
      await poll([entry(1, { guid: changed })]);
    expect(await shown()).toEqual(["a: Item 1"]);
  });

  it("gives way to another post under its guid or address, and comes back as no third", async () => {
    const reused = entry(1, { title: "Another", publishedAt: "2027-03-20T09:00:00.000Z" });
    await poll([entry(1)]);
    const [first] = await items();
    for (const again of [reused, entry(1), reused]) await poll([again]);
    expect(await shown()).toEqual(["a: Another", "a: Item 1"]);
    expect(await items()).toContainEqual(first);
  });

  it("is one item of whichever feed came first, which alone changes it", async () => {
    await poll([entry(1)], "a");
    await poll([entry("b1", { url: "http://news.example/1?utm_source=b", title: "B's headline" })], "b");
    expect(await shown()).toEqual(["a: Item 1"]);
    await poll([entry(1, { title: "Item 1, mended" })], "a");
    expect(await shown()).toEqual(["a: Item 1, mended"]);
  });

  it("is one of two feeds that are polled at the same instant", async () => {
    await Promise.all(["a", "b"].map((feed) => run(offering([entry(1, { guid: feed })]), feed)));
    expect(await items()).toHaveLength(1);
    await poll([entry(1, { guid: "b" })], "b");
    expect(await items()).toHaveLength(1);
  });

  it("does not come back as new once its time is over, though its feed still lists it", async () => {
    await poll([entry(1)]);
    const { table, close } = tableOf(service);
    onTestFinished(close);
    const [row] = await items();
    await deleteRow(table, row as { pk: string; sk: string });
    service.clock.set("2028-04-10T12:00:00.000Z");
    await poll([entry(1)]);
    expect(await items()).toEqual([]);
  });
});

describe("a feed that is new, or was silent", () => {
  const at = (days: number) => addDays("2027-03-01T12:00:00.000Z", -days);
  const undated = (id: string) => {
    const { publishedAt: _, ...rest } = entry(id);
    return rest;
  };
  const backlog = [
    entry("young", { publishedAt: at(13) }),
    entry("old", { publishedAt: at(15) }),
    ...["u1", "u2", "u3", "u4", "u5"].map(undated),
  ];
  const news = ["u1", "u2", "u3", "young"].map((id) => `a: Item ${id}`);

  it("brings what is of the last two weeks, and three without a date; the rest is known and no news", async () => {
    await poll(backlog);
    expect(await shown()).toEqual(news);
    await poll([...backlog, entry("late", { publishedAt: at(40) })]);
    expect(await shown()).toEqual(["a: Item late", ...news]);
  });

  it("is so at a new address, and after two weeks without an answer", async () => {
    await poll([entry(1)]);
    service.clock.set("2027-03-20T12:00:00.000Z");
    await poll([entry(1), entry("stale", { publishedAt: "2027-03-02T12:00:00.000Z" })]);
    expect(await shown()).toEqual(["a: Item 1"]);
    const moved = { ...source("a"), url: "https://a.example/new" };
    const entries = [entry("other", { publishedAt: "2027-03-02T12:00:00.000Z" })];
    await run(offering(entries, { catalogue: { ...catalogue, feeds: [moved] } }));
    expect(await shown()).toEqual(["a: Item 1"]);
  });
});

describe("a crash", () => {
  const entries = [
    entry(1),
    entry(2, { guid: "g1", title: "Another", publishedAt: "2027-02-20T00:00:00.000Z" }),
  ];
  const edited = [entry(1, { title: "Item 1, mended" }), entry(3)];

  /** Ports that die at the nth write, before it or after it. */
  function dying(at: number, after: boolean): Pick<Deps, "feeds" | "itemMarks"> & { died(): boolean } {
    const { feeds, itemMarks } = service.depsOf("poll-feed");
    let writes = 0;
    const watched = <Port extends object>(port: Port) =>
      new Proxy(port, {
        get: (target, name, receiver) => {
          const method = Reflect.get(target, name, receiver) as (...args: unknown[]) => Promise<unknown>;
          if (!/^(add|change|save)/.test(String(name))) return method;
          return async (...args: unknown[]) => {
            const dies = ++writes >= at;
            if (dies && !(after && writes === at)) throw new Error("died");
            const answer = await method(...args);
            if (dies) throw new Error("died");
            return answer;
          };
        },
      });
    return { feeds: watched(feeds), itemMarks: watched(itemMarks), died: () => writes >= at };
  }

  it.each([
    ["before", false],
    ["after", true],
  ])("%s any write loses nothing and doubles nothing", async (_, after) => {
    for (let at = 1, died = true; died; at++) {
      const feedId = `run-${at}`;
      const own = (list: FeedEntry[]) => list.map((one) => ({ ...one, url: `${one.url}?${feedId}` }));
      const using = (list: FeedEntry[], changes: Partial<Deps> = {}) =>
        offering(own(list), { catalogue: { ...catalogue, feeds: [source(feedId)] }, ...changes });
      const ports = dying(at, after);
      await run(using(entries, ports), feedId);
      await run(using(entries), feedId);
      service.clock.set(addHours(service.clock.now(), 1));
      const again = dying(at, after);
      await run(using(edited, again), feedId);
      await run(using(edited), feedId);
      service.clock.set(addHours(service.clock.now(), 1));
      await run(using(edited), feedId);
      died = ports.died() || again.died();
      expect((await shown()).filter((line) => line.startsWith(`${feedId}:`))).toEqual(
        ["Another", "Item 1, mended", "Item 3"].map((title) => `${feedId}: ${title}`),
      );
    }
  });
});

describe("whatever is polled whenever", () => {
  const listed = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 2 })), {
    maxLength: 6,
    selector: ([id]) => id,
  });
  const polls = fc.array(
    fc.record({
      hours: fc.integer({ min: 1, max: 200 }),
      feed: fc.constantFrom("x", "y"),
      topic: fc.constantFrom("coding" as const, "privacy" as const),
      listed,
    }),
    { maxLength: 6 },
  );

  it("an item stands in one edition, that of its first sight, and no other item is the same post", async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(polls, async (rounds) => {
        const name = `run-${++round}`;
        const first = new Map<string, unknown>();
        for (const { hours, feed, topic, listed } of rounds) {
          service.clock.set(addHours(service.clock.now(), hours));
          const feedId = `${name}-${feed}`;
          const entries = listed.map(([id, version]) =>
            entry(`${name}/${id}`, {
              title: `Item ${id}, version ${version}`,
              publishedAt: `2027-12-0${id}T09:00:00.000Z`,
              guid: `http${version === 1 ? "s" : ""}://${feed}/${id}`,
            }),
          );
          const feeds = [{ ...source(feedId), topic }];
          const deps = offering(entries, { catalogue: { ...catalogue, feeds } });
          for (let twice = 0; twice < 2; twice++) await run(deps, feedId);
          for (const row of (await items()).filter(({ pk }) => String(pk).startsWith(`FEED#${name}-`))) {
            const place = {
              pk: row.pk,
              sk: row.sk,
              edition: row.edition,
              newsAt: row.newsAt,
              news: row.news,
            };
            expect(first.get(String(row.url)) ?? place).toEqual(place);
            first.set(String(row.url), place);
          }
        }
        const seen = new Set(rounds.flatMap((one) => one.listed.map(([id]) => id)));
        expect(first.size).toBe(seen.size);
      }),
      { numRuns: 10 },
    );
  });
});

describe("a document on its way to the table", () => {
  it("is read by rss-parser", async () => {
    const host = await startFeedHost();
    onTestFinished(() => host.stop());
    host.on("/a", serving(rssOf([{ id: "1" }])));
    const parsed = vi.spyOn(RssParser.prototype, "parseString");
    onTestFinished(() => parsed.mockRestore());
    const deps = connect(service.environmentOf("poll-feed"), {
      clock: service.clock,
      catalogue: { ...catalogue, feeds: [{ ...source("a"), url: `${host.origin}/a` }] },
      trustedFeedOrigin: host.origin,
    });
    expect(await run(deps)).toEqual([]);
    expect(parsed).toHaveBeenCalledTimes(1);
    expect(await shown()).toEqual(["a: Item 1"]);
  });
});
