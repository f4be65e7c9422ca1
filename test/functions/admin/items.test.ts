import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import type { FeedEntry } from "../../../core/feed/feed-item.ts";
import { handler as pollFeed } from "../../../functions/queue/poll-feed.ts";
import { apiWith } from "../../helpers/api.ts";
import { adminKey } from "../../helpers/campaigns.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { keptRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
let api: ReturnType<typeof apiWith>;
beforeEach(async () => {
  service = await startService();
  api = apiWith(service, await adminKey(service));
});
afterEach(() => service.stop());

const draft = {
  link: "https://journal.example/webinar?utm_source=mail",
  title: "Webinar on the new codes",
  source: "AHIMA",
  topic: "coding",
  summary: "An hour on what changes.",
  ceHours: 1.5,
  date: "2027-02-26",
};
const items = async () => (await keptRows(service)).filter(({ sk }) => String(sk).startsWith("ITEM#"));
/** A feed brings an entry. */
async function bring(entry: Partial<FeedEntry>): Promise<void> {
  const entries = [{ title: draft.title, url: draft.link, summary: "", guid: "g1", ...entry }];
  const feeds = [
    { id: "a", title: "Feed a", url: "https://a.example/", topic: "coding" as const, everyMinutes: 60 },
  ];
  const deps: Deps = {
    ...service.depsOf("poll-feed"),
    catalogue: { ...catalogue, feeds },
    feedReader: { read: async () => ({ status: "read", entries }) },
  };
  expect(failedIds(await pollFeed.with(deps)(sqsEvent({ v: 1, feedId: "a" })))).toEqual([]);
}

describe("/v1/items", () => {
  it("enters an item into the edition that is open, where a digest finds it", async () => {
    const answer = await api("POST", "/v1/items", draft);
    expect(answer).toEqual({
      status: 201,
      body: {
        status: "added",
        item: {
          feedId: "MANUAL",
          key: expect.stringMatching(/^[\w-]{22}$/),
          title: draft.title,
          url: "https://journal.example/webinar",
          summary: draft.summary,
          topic: "coding",
          source: "AHIMA",
          ceHours: 1.5,
          publishedAt: "2027-02-26T00:00:00.000Z",
          firstSeenAt: "2027-03-01T12:00:00.000Z",
          edition: "2027-W10",
        },
      },
    });
    const [news] = await service.deps.news.inEdition("2027-W10", 10);
    expect(news).toMatchObject({ title: draft.title, ceHours: 1.5, source: "AHIMA" });
    const { edition: _, ...listed } = (answer.body.item ?? {}) as Record<string, unknown>;
    expect(await api("GET", "/v1/items")).toEqual({
      status: 200,
      body: { edition: "2027-W10", items: [listed] },
    });
    expect(await api("GET", "/v1/items?edition=2027-W09")).toEqual({
      status: 200,
      body: { edition: "2027-W09", items: [] },
    });
    expect((await api("GET", "/v1/items?edition=March")).status).toBe(422);
  });

  it("has the points that the rules give it, those for what is entered by hand as well", async () => {
    const { relevance } = catalogue.feedRules;
    relevance.push({ because: "entered", points: 6, feeds: ["MANUAL"] });
    relevance.push({ because: "sold", points: -4, words: ["webinar"] });
    onTestFinished(() => void relevance.splice(-2));
    expect(await api("POST", "/v1/items", draft)).toMatchObject({
      body: { item: { score: 2, topic: "coding" } },
    });
  });

  it("corrects what was entered when the same address comes again, whatever else is another", async () => {
    await api("POST", "/v1/items", draft);
    const [before] = await items();
    expect(await api("POST", "/v1/items", draft)).toMatchObject({ status: 200, body: { status: "known" } });
    const { ceHours: _, ...rest } = draft;
    const corrected = {
      ...rest,
      link: "http://journal.example/webinar",
      title: "Corrected",
      date: "2027-03-09",
    };
    expect((await api("POST", "/v1/items", corrected)).status).toBe(422);
    corrected.link = "https://journal.example/webinar#register";
    expect(await api("POST", "/v1/items", corrected)).toMatchObject({
      status: 200,
      body: { status: "changed" },
    });
    const [after, ...others] = await items();
    expect(others).toEqual([]);
    expect(after).toMatchObject({ sk: before?.sk, edition: before?.edition, title: "Corrected", rev: 2 });
    expect(after).not.toHaveProperty("ceHours");
  });

  it("takes another title with another date for another item, once the edition is closed", async () => {
    await api("POST", "/v1/items", draft);
    service.clock.set("2027-03-08T12:00:00.000Z");
    expect(await api("POST", "/v1/items", { ...draft, title: "Webinar, corrected" })).toMatchObject({
      status: 200,
      body: { status: "changed", item: { edition: "2027-W10" } },
    });
    const next = { ...draft, title: "Another webinar", date: "2027-03-12" };
    expect(await api("POST", "/v1/items", next)).toMatchObject({
      status: 201,
      body: { item: { edition: "2027-W11" } },
    });
    expect(await items()).toHaveLength(2);
  });

  it("is one item with what a feed has, whoever came first", async () => {
    await bring({});
    expect(await api("POST", "/v1/items", draft)).toMatchObject({
      status: 409,
      body: { code: "item.of-feed", detail: expect.stringContaining("Feed a") },
    });
    const own = { ...draft, link: "https://journal.example/other" };
    await api("POST", "/v1/items", own);
    service.clock.set("2027-03-01T13:00:00.000Z");
    await bring({ url: "http://journal.example/other", guid: "g2", title: "Their headline" });
    expect((await items()).map(({ title }) => title).toSorted()).toEqual([draft.title, draft.title]);
  });

  it("makes news of what was too old when its feed was new", async () => {
    await bring({ publishedAt: "2027-01-01T00:00:00.000Z" });
    expect(await items()).toEqual([]);
    expect((await api("POST", "/v1/items", draft)).status).toBe(201);
    expect((await api("POST", "/v1/items", { ...draft, ceHours: 2 })).body).toMatchObject({
      status: "changed",
    });
    service.clock.set("2027-03-01T13:00:00.000Z");
    await bring({ publishedAt: "2027-01-01T00:00:00.000Z" });
    expect(await items()).toMatchObject([{ feedId: "MANUAL", ceHours: 2 }]);
  });

  it("takes out what was entered while its edition is open, and lets it be entered again", async () => {
    await api("POST", "/v1/items", draft);
    const key = String((await items())[0]?.sk).slice("ITEM#".length);
    expect(await api("DELETE", `/v1/items/${key}`)).toEqual({
      status: 200,
      body: { key, status: "removed" },
    });
    expect(await items()).toEqual([]);
    expect((await api("DELETE", `/v1/items/${key}`)).status).toBe(404);
    expect((await api("POST", "/v1/items", draft)).status).toBe(201);
    service.clock.set("2027-03-08T12:00:00.000Z");
    expect(await api("DELETE", `/v1/items/${key}`)).toMatchObject({
      status: 409,
      body: { code: "item.closed" },
    });
    expect(await items()).toHaveLength(1);
  });

  it("takes out nothing that a feed has brought, and nothing else", async () => {
    await bring({});
    const key = String((await items())[0]?.sk).slice("ITEM#".length);
    for (const wrong of [key, "x", "x".repeat(1_500), "%00"])
      expect(await api("DELETE", `/v1/items/${wrong}`)).toMatchObject({
        status: 404,
        body: { code: "item.missing" },
      });
    expect(await items()).toHaveLength(1);
  });

  it.each([
    ["link", "http://journal.example/"],
    ["link", "javascript:alert(1)"],
    ["link", undefined],
    ["title", ""],
    ["title", "x".repeat(201)],
    ["source", undefined],
    ["topic", "sports"],
    ["summary", "x".repeat(301)],
    ["ceHours", 0],
    ["ceHours", 101],
    ["ceHours", 1.1],
    ["ceHours", "1"],
    ["date", "2027-02-30"],
    ["date", "yesterday"],
    ["hours", 1],
  ])("refuses as %s: %j", async (field, value) => {
    const answer = await api("POST", "/v1/items", { ...draft, [field]: value });
    expect(answer).toMatchObject({ status: 422, body: { code: "item.invalid" } });
    expect(Object.keys(answer.body.fields as object)).toEqual([field]);
    expect(await items()).toEqual([]);
  });

  it("is for admins alone, and a viewer changes nothing", async () => {
    const viewer = apiWith(service, await adminKey(service, "viewer"));
    for (const [method, path, body] of [
      ["GET", "/v1/items"],
      ["POST", "/v1/items", draft],
      ["DELETE", "/v1/items/x"],
    ] as const) {
      expect((await apiWith(service, undefined)(method, path, body)).status).toBe(401);
      expect((await viewer(method, path, body)).status).toBe(method === "GET" ? 200 : 403);
    }
    expect(await items()).toEqual([]);
  });

  it("enters one of many at once", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => api("POST", "/v1/items", draft)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 201]);
    expect(await items()).toHaveLength(1);
  });
});
