import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseFeed } from "../../../adapters/feeds/parse-feed.ts";
import { editionOf } from "../../../core/digest/edition.ts";
import type { FeedItem } from "../../../core/feed/feed-item.ts";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, httpEvent } from "../../helpers/events.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ at: "2027-03-07T10:00:00.000Z" });
  await add("1", "2027-03-02T08:00:00.000Z", { score: 3, ceHours: 1.5 });
  await add("2", "2027-03-03T08:00:00.000Z", { publishedAt: "2027-03-01T08:00:00.000Z" });
  // The same address by another feed, and a topic of its own.
  await add("2", "2027-03-04T08:00:00.000Z", { feedId: "other" });
  await add("3", "2027-03-04T08:00:00.000Z", { topic: "careers", title: 'Jobs & "pay" <b>' });
  // Seen before, and then what is still collected.
  await add("4", "2027-02-24T08:00:00.000Z");
  await add("2", "2027-02-25T08:00:00.000Z", { feedId: "first", title: "News 2 as it came first" });
  await add("5", "2027-03-07T10:00:00.000Z");
});
afterAll(() => service.stop());

async function add(n: string, firstSeenAt: string, changes: Partial<FeedItem> = {}): Promise<void> {
  const item: FeedItem = {
    feedId: "coding",
    key: n,
    title: `News ${n}`,
    url: `https://news.example/${n}?a=1&b=2`,
    summary: `About ${n} & more`,
    topic: "coding",
    source: "The Coding Corner",
    firstSeenAt,
    edition: editionOf(firstSeenAt),
    ...changes,
  };
  await service.depsOf("poll-feed").feeds.addItem(item);
}

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await handler.with(service.depsOf("http"))(httpEvent({ path, headers }), context);
  return { status: answer.statusCode, body: String(answer.body), headers: answer.headers ?? {} };
}
const titles = (body: string) => [...body.matchAll(/rel="noopener">([^<]*)</g)].map(([, title]) => title);

describe("the page of a topic and week", () => {
  it("has all of it, the best first, each address once, with source, date and hours", async () => {
    const { status, body, headers } = await get("/news/2027-W10/coding");
    expect(status).toBe(200);
    expect(headers["cache-control"]).toBe("public, max-age=86400");
    expect(headers["set-cookie"]).toBeUndefined();
    expect(titles(body)).toEqual(["News 1", "News 2"]);
    expect(body).toContain('<a href="https://news.example/1?a=1&amp;b=2" rel="noopener">News 1</a>');
    expect(body).toContain("About 1 &amp; more");
    expect(body).toContain("1.5 CE hours · The Coding Corner · March 2, 2027");
    expect(body).toContain("News of the week of March 1 to 7, 2027");
    expect(body).toContain('href="/news/2027-W10/careers"');
    expect(body).toContain('type="application/atom+xml" title="Coding" href="/news/coding.atom"');
  });

  it.each([
    ["that is still collected", "/news/2027-W11/coding"],
    ["that is ahead", "/news/2028-W01/coding"],
    ["that there never was", "/news/2026-W54/coding"],
    ["without news", "/news/2027-W08/coding"],
    ["without news on the topic", "/news/2027-W10/privacy"],
    ["on no topic of ours", "/news/2027-W10/constructor"],
    ["of another form", "/news/latest/coding"],
  ])("%s is not there, and says so", async (_, path) => {
    const { status, body, headers } = await get(path);
    expect(status).toBe(404);
    expect(body).toContain("There is no such page of news");
    expect(body).toContain('<a href="/news">See the news of past weeks</a>');
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("is there from the instant on at which its week is cut", async () => {
    service.clock.set("2027-03-14T09:59:59.999Z");
    expect((await get("/news/2027-W11/coding")).status).toBe(404);
    service.clock.set("2027-03-14T10:00:00.000Z");
    expect(titles((await get("/news/2027-W11/coding")).body)).toEqual(["News 5"]);
    service.clock.set("2027-03-07T10:00:00.000Z");
  });
});

describe("the list of weeks", () => {
  it("names those that are complete, the newest first, with their topics", async () => {
    const { status, body } = await get("/news");
    expect(status).toBe(200);
    expect([...body.matchAll(/href="(\/news\/\d[^"]*)"/g)].map(([, href]) => href)).toEqual([
      "/news/2027-W10/coding",
      "/news/2027-W10/careers",
      "/news/2027-W09/coding",
    ]);
    expect(body).toMatch(/<h2>Week of March 1 to 7, 2027<\/h2>/);
  });
});

describe("the Atom feed", () => {
  it("is read by our own reader: complete weeks, the newest first, each address once for good", async () => {
    const { status, body, headers } = await get("/news/feed.atom");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/atom+xml; charset=utf-8");
    expect(headers["cache-control"]).toBe("public, max-age=3600");
    const { entries } = await parseFeed(body, `${service.deps.publicUrl}/news/feed.atom`);
    expect(entries.map(({ title }) => title)).toEqual([
      'Jobs & "pay"',
      "News 1",
      "News 2 as it came first",
      "News 4",
    ]);
    expect(entries[1]).toMatchObject({
      url: "https://news.example/1?a=1&b=2",
      summary: "About 1 & more",
      categories: ["Coding"],
      publishedAt: "2027-03-02T08:00:00.000Z",
    });
    expect(new Set(entries.map(({ guid }) => guid)).size).toBe(4);
    expect(body).toContain("<updated>2027-03-04T08:00:00.000Z</updated>\n<author>");
    expect(body).toContain(
      `<link rel="self" type="application/atom+xml" href="${service.deps.publicUrl}/news/feed.atom"/>`,
    );
    expect(body).not.toContain("News 5");
  });

  it("is not sent again to who has it", async () => {
    const { headers } = await get("/news/feed.atom");
    const again = await get("/news/feed.atom", { "if-none-match": String(headers.etag) });
    expect(again).toMatchObject({ status: 304, body: "" });
    expect((await get("/news/feed.atom", { "if-none-match": '"other"' })).status).toBe(200);
  });

  it("of one topic has that alone, and may be empty", async () => {
    const read = async (topic: string) =>
      (await parseFeed((await get(`/news/${topic}.atom`)).body, "https://steps.example/")).entries;
    expect((await read("careers")).map(({ url }) => url)).toEqual(["https://news.example/3?a=1&b=2"]);
    expect(await read("privacy")).toEqual([]);
    expect((await get("/news/gossip.atom")).status).toBe(404);
  });
});

describe("the archive", () => {
  it("changes nothing, and says nothing of anybody", async () => {
    const id = await join(service, "ada.lovelace@example.com");
    await changeSubscriber(service.deps.subscribers, id, (known) => ({
      ...known,
      name: "Augusta",
      topics: ["coding", "careers"],
    }));
    const [person] = (await service.deps.subscribers.loadMany([id])).values();
    expect(person).toMatchObject({ name: "Augusta", address: "ada.lovelace@example.com" });
    const before = await allRows(service);
    // Whatever keys and ids stand in rows of people, hashes of addresses among them.
    const ofPeople = before.flatMap((row) =>
      /^FEED#|^NEWS#|^EDITION#/.test(String(row.pk)) ? [] : idsOf(row),
    );
    expect(ofPeople).toContain(id);
    const paths = ["/news", "/news/feed.atom", "/news/coding.atom", "/news/careers.atom"];
    const weeks = ["W09/coding", "W10/coding", "W10/careers", "W11/coding"];
    for (const path of [...paths, ...weeks.map((week) => `/news/2027-${week}`)]) {
      const { body, headers } = await get(path);
      const told = `${body}\n${JSON.stringify(headers)}`;
      expect(told).not.toMatch(/token|SUB#|unsubscribe|Augusta|lovelace/i);
      for (const known of ofPeople) expect(told).not.toContain(known);
      expect(headers["set-cookie"]).toBeUndefined();
    }
    expect(await allRows(service)).toEqual(before);
  });
});

/** The parts of a row's keys that are long enough to be somebody's. */
function idsOf(row: Record<string, unknown>): string[] {
  const keys = [row.pk, row.sk, row.subscriberId, row.id].map(String);
  return keys.flatMap((key) => key.split("#")).filter((part) => /^[\w=+/-]{16,}$/.test(part));
}
