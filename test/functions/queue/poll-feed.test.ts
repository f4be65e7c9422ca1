import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Deps } from "../../../adapters/connect.ts";
import type { FeedSource } from "../../../core/catalogue.ts";
import { duePartition } from "../../../core/due.ts";
import type { FeedRow } from "../../../core/feed/feed-list.ts";
import type { FeedReading } from "../../../core/feed/feed-ports.ts";
import { site } from "../../../dist/catalogue.ts";
import { handler } from "../../../functions/queue/poll-feed.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { type FeedHost, rssOf, serving, startFeedHost } from "../../helpers/feed-server.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
let host: FeedHost;
let deps: Deps;
beforeEach(async () => {
  service = await startService();
  host = await startFeedHost();
  deps = connectTo(host.origin);
});
afterEach(async () => {
  await host.stop();
  await service.stop();
});

const source = (id: string, everyMinutes = 60): FeedSource => ({
  id,
  title: `Feed ${id}`,
  url: `${host.origin}/${id}`,
  topic: "coding",
  everyMinutes,
});
const connectTo = (trustedFeedOrigin?: string) =>
  connect(service.environmentOf("poll-feed"), {
    clock: service.clock,
    catalogue: { ...catalogue, feeds: [source("a"), source("b")] },
    ...(trustedFeedOrigin && { trustedFeedOrigin }),
  });
const poll = async (feedId: string, using = deps) =>
  failedIds(await handler.with(using)(sqsEvent({ v: 1, feedId })));
const items = async () => (await allRows(service)).filter(({ sk }) => String(sk).startsWith("ITEM#"));

describe("poll-feed", () => {
  it("stores each item once, in the edition of the Monday to come, and how it went", async () => {
    host.on("/a", serving(rssOf([{ id: "1", date: "2027-02-26T09:00:00Z" }, { id: "2" }]), { etag: '"1"' }));
    expect(await poll("a")).toEqual([]);
    expect(await items()).toHaveLength(2);
    expect(await items()).toContainEqual({
      pk: "FEED#a",
      sk: expect.stringMatching(/^ITEM#[\w-]{22}$/),
      v: 1,
      feedId: "a",
      title: "Item 1",
      url: "https://news.example/1",
      summary: "About 1",
      topic: "coding",
      source: "Feed a",
      publishedAt: "2027-02-26T09:00:00.000Z",
      rev: 1,
      edition: "2027-W10",
      news: "news#2027-W10",
      newsAt: "2027-03-01T12:00:00.000Z",
      expiresAt: Date.UTC(2027, 2, 1, 12) / 1000 + 400 * 86_400,
    });
    expect(await deps.feeds.loadState("a")).toEqual({
      feedId: "a",
      url: `${host.origin}/a`,
      etag: '"1"',
      lastPolledAt: "2027-03-01T12:00:00.000Z",
      readAt: "2027-03-01T12:00:00.000Z",
      nextPollAt: "2027-03-01T13:00:00.000Z",
      failures: 0,
      health: "ok",
    });
  });

  it("stores an item under the topic and with the score that the rules give it", async () => {
    const feedRules = {
      topics: [{ topic: "privacy" as const, categories: ["HIPAA"] }],
      relevance: [{ because: "codes", points: 4, words: ["CPT"] }],
    };
    const filed = rssOf([{ id: "1", title: "CPT" }, { id: "2" }]).replace(
      '<guid isPermaLink="false">2',
      "<category>HIPAA</category><guid>2",
    );
    host.on("/a", serving(filed));
    await poll("a", { ...deps, catalogue: { ...catalogue, feeds: [source("a")], feedRules } });
    const stored = (await items()).map(({ title, topic, score }) => ({ title, topic, score }));
    expect(stored).toHaveLength(2);
    expect(stored).toContainEqual({ title: "CPT", topic: "coding", score: 4 });
    expect(stored).toContainEqual({ title: "Item 2", topic: "privacy", score: undefined });
  });

  it("puts the feed into the due index, where a calendar that jumps finds when to stop", async () => {
    host.on("/a", serving(rssOf([])));
    await poll("a");
    const [state] = (await allRows(service)).filter(({ sk }) => sk === "STATE");
    expect(state).toMatchObject({ due: duePartition("feed", "a"), dueAt: "2027-03-01T13:00:00.000Z" });
  });

  it("says who asks, and where to complain", async () => {
    host.on("/a", serving(rssOf([])));
    await poll("a");
    expect(host.seen[0]?.headers["user-agent"]).toBe(
      `Stepletter/0.1 (+https://steps.example; ${site.replyTo})`,
    );
  });

  it("asks only for what changed, and takes no for an answer", async () => {
    host.on("/a", (request, response) => {
      if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
      else serving(rssOf([{ id: "1" }]), { etag: '"1"' })(request, response);
    });
    await poll("a");
    service.clock.set("2027-03-01T13:00:00.000Z");
    await poll("a");
    expect(host.seen).toHaveLength(2);
    expect(await deps.feeds.loadState("a")).toMatchObject({
      etag: '"1"',
      nextPollAt: "2027-03-01T14:00:00.000Z",
    });
  });

  it("does not take the validators along to another address", async () => {
    host.on("/a", serving(rssOf([]), { etag: '"1"', "last-modified": "Mon, 01 Mar 2027 08:00:00 GMT" }));
    host.on("/moved", serving(rssOf([])));
    await poll("a");
    service.clock.set("2027-03-01T13:00:00.000Z");
    const moved = { ...source("a"), url: `${host.origin}/moved` };
    await poll("a", { ...deps, catalogue: { ...catalogue, feeds: [moved] } });
    expect(host.seen[1]?.url).toBe("/moved");
    expect(host.seen[1]?.headers).not.toHaveProperty("if-none-match");
    expect(host.seen[1]?.headers).not.toHaveProperty("if-modified-since");
  });

  it("polls once, however often it is asked before the next time", async () => {
    host.on("/a", serving(rssOf([{ id: "1" }])));
    await poll("a");
    await poll("a");
    expect(host.seen).toHaveLength(1);
  });

  it("keeps a failure in the feed's state, and asks ever less often", async () => {
    host.on("/a", serving("<!doctype html><p>We have moved.</p>", { "content-type": "text/html" }));
    expect(await poll("a")).toEqual([]);
    expect(await deps.feeds.loadState("a")).toMatchObject({
      health: "failing",
      failures: 1,
      lastError: "html",
      nextPollAt: "2027-03-01T14:00:00.000Z",
    });
    service.clock.set("2027-03-01T14:00:00.000Z");
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({
      failures: 2,
      nextPollAt: "2027-03-01T18:00:00.000Z",
    });
  });

  it("forgets failures as soon as the feed is well, and what it knew lives on through them", async () => {
    host.on("/a", serving(rssOf([{ id: "1" }]), { etag: '"1"' }));
    await poll("a");
    host.on("/a", (_, response) => response.writeHead(503).end());
    service.clock.set("2027-03-01T13:00:00.000Z");
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({ lastError: "http-503", etag: '"1"' });
    host.on("/a", (_, response) => response.writeHead(304).end());
    service.clock.set("2027-03-01T15:00:00.000Z");
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({ health: "ok", failures: 0 });
    expect(await deps.feeds.loadState("a")).not.toHaveProperty("lastError");
  });

  it("leaves a host alone for as long as it asks", async () => {
    host.on("/a", (_, response) => response.writeHead(429, { "retry-after": "36000" }).end());
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({
      lastError: "http-429",
      nextPollAt: "2027-03-01T22:00:00.000Z",
    });
  });

  it("comes no sooner than the document and its answer want it, also when nothing has changed", async () => {
    const wanting = rssOf([{ id: "1" }]).replace("<channel>", "<channel><ttl>180</ttl>");
    host.on("/a", serving(wanting, { "cache-control": "max-age=7200" }));
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({ nextPollAt: "2027-03-01T15:00:00.000Z" });
    host.on("/a", (_, response) => response.writeHead(304).end());
    service.clock.set("2027-03-01T15:00:00.000Z");
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({ nextPollAt: "2027-03-01T18:00:00.000Z" });
  });

  it.each([401, 403, 451])("takes the status %i for a refusal, and asks once a day", async (status) => {
    host.on("/a", (_, response) => response.writeHead(status).end());
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({
      health: "blocked",
      nextPollAt: "2027-03-02T12:00:00.000Z",
    });
    expect(new Set(host.seen.map(({ headers }) => headers["user-agent"])).size).toBe(1);
  });

  it("proposes the address that a feed has moved to for good, as long as it says so", async () => {
    host.on("/a", (_, response) => response.writeHead(301, { location: "/new" }).end());
    host.on("/new", serving(rssOf([{ id: "1" }])));
    await poll("a");
    expect(await items()).toHaveLength(1);
    expect(await deps.feeds.loadState("a")).toMatchObject({
      url: `${host.origin}/a`,
      movedTo: `${host.origin}/new`,
    });
    host.on("/new", (_, response) => response.writeHead(500).end());
    service.clock.set("2027-03-01T13:00:00.000Z");
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({ movedTo: `${host.origin}/new` });
    host.on("/a", serving(rssOf([{ id: "1" }])));
    service.clock.set("2027-03-01T15:00:00.000Z");
    await poll("a");
    expect(await deps.feeds.loadState("a")).not.toHaveProperty("movedTo");
  });

  it("lets no failing feed throw off another", async () => {
    host.on("/a", (_, response) => response.destroy());
    host.on("/b", serving(rssOf([{ id: "1" }])));
    expect(await poll("a")).toEqual([]);
    expect(await poll("b")).toEqual([]);
    expect(await items()).toHaveLength(1);
  });

  it("reaches nothing on this machine unless it is told to", async () => {
    expect(await poll("a", connectTo())).toEqual([]);
    expect(host.seen).toEqual([]);
    expect(await deps.feeds.loadState("a")).toMatchObject({ lastError: "blocked-port" });
  });

  it("leaves a feed alone that is no longer in the catalogue", async () => {
    expect(await poll("retired")).toEqual([]);
    expect(await allRows(service)).toEqual([]);
  });

  it.each(["not JSON", { v: 1 }, { v: 2, feedId: "a" }, { v: 1, feedId: "" }])(
    "gives back a message like %j",
    async (body) => {
      expect(failedIds(await handler.with(deps)(sqsEvent(body)))).toHaveLength(1);
    },
  );

  it.each(["addItem", "saveState", "loadState"] as const)(
    "gives the message back when %s fails, and the next one does all that is left",
    async (method) => {
      host.on("/a", serving(rssOf([{ id: "1" }])));
      const broken = { ...deps.feeds, [method]: () => Promise.reject(new Error("away")) };
      expect(await poll("a", { ...deps, feeds: broken })).toHaveLength(1);
      expect(await poll("a")).toEqual([]);
      expect(await items()).toHaveLength(1);
      expect(await deps.feeds.loadState("a")).toMatchObject({ health: "ok" });
    },
  );

  it("lets the state of whoever polled meanwhile stand", async () => {
    const feedReader = {
      read: async (): Promise<FeedReading> => {
        host.on("/a", serving(rssOf([])));
        await poll("a");
        return { status: "failed", code: "timeout" };
      },
    };
    for (const at of ["2027-03-01T12:00:00.000Z", "2027-03-01T13:00:00.000Z"]) {
      service.clock.set(at);
      await poll("a", { ...deps, feedReader });
      expect(await deps.feeds.loadState("a")).toMatchObject({ health: "ok", failures: 0, lastPolledAt: at });
    }
  });
});

describe("feeds that admins have added or changed", () => {
  const row = (id: string, changes: Partial<FeedRow> = {}): FeedRow => ({
    ...source(id),
    rev: 1,
    ...changes,
  });

  it("are polled beside those of the catalogue, and at the address that they have now", async () => {
    host.on("/a", serving(rssOf([{ id: "1" }])));
    host.on("/own", serving(rssOf([{ id: "2" }])));
    host.on("/elsewhere", serving(rssOf([{ id: "3" }])));
    await service.deps.feedList.save(row("own", { topic: "privacy" }));
    await poll("a");
    await poll("own");
    expect((await items()).map(({ feedId, topic }) => [feedId, topic])).toEqual(
      expect.arrayContaining([
        ["a", "coding"],
        ["own", "privacy"],
      ]),
    );
    await service.deps.feedList.save(row("a", { url: `${host.origin}/elsewhere`, title: "Feed A" }));
    await poll("a");
    expect(host.seen.map(({ url }) => url)).toEqual(["/a", "/own", "/elsewhere"]);
    expect(await items()).toContainEqual(
      expect.objectContaining({ feedId: "a", source: "Feed A", url: "https://news.example/3" }),
    );
  });

  it("are left alone while they are off", async () => {
    await service.deps.feedList.save(row("a", { off: true }));
    expect(await poll("a")).toEqual([]);
    expect(host.seen).toEqual([]);
  });

  it("count failures of their new address alone", async () => {
    await poll("a");
    await service.deps.feedList.save(row("a", { url: `${host.origin}/elsewhere` }));
    await poll("a");
    expect(await deps.feeds.loadState("a")).toMatchObject({ failures: 1, lastError: "http-404" });
  });
});
