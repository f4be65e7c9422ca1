import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import type { FeedReading } from "../../../core/feed/feed-ports.ts";
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
  catalogue.feeds.push(builtIn);
});
afterEach(async () => {
  catalogue.feeds.pop();
  await service.stop();
});

const builtIn = {
  id: "built-in",
  title: "Built in",
  url: "https://built.example/feed",
  topic: "coding" as const,
  everyMinutes: 60,
};
const draft = {
  id: "my-source",
  title: "My Source",
  url: "https://mine.example/feed",
  topic: "privacy",
  everyMinutes: 120,
};
/** Polls a feed, whose host answers so. */
async function poll(feedId: string, reading: FeedReading): Promise<void> {
  const deps: Deps = { ...service.depsOf("poll-feed"), feedReader: { read: async () => reading } };
  expect(failedIds(await pollFeed.with(deps)(sqsEvent({ v: 1, feedId })))).toEqual([]);
}
const read = (changes: object = {}): FeedReading => ({ status: "read", entries: [], ...changes });

describe("/v1/feeds", () => {
  const calls: [string, string, unknown?][] = [
    ["POST", "/v1/feeds", draft],
    ["PATCH", "/v1/feeds/built-in", { off: true }],
    ["DELETE", "/v1/feeds/built-in"],
    ["POST", "/v1/feeds/built-in/poll"],
  ];

  it("is for admins alone, and a viewer changes nothing", async () => {
    const viewer = apiWith(service, await adminKey(service, "viewer"));
    const before = await keptRows(service);
    for (const [method, path, body] of [
      ...calls,
      ["GET", "/v1/feeds"],
      ["GET", "/v1/feeds/built-in"],
    ] as const)
      expect(await apiWith(service, undefined)(method, path, body)).toMatchObject({ status: 401 });
    for (const [method, path, body] of calls)
      expect(await viewer(method, path, body)).toMatchObject({ status: 403, body: { code: "key.scope" } });
    expect((await viewer("GET", "/v1/feeds")).status).toBe(200);
    expect(await keptRows(service)).toEqual(before);
    expect(await service.messages("feeds")).toEqual([]);
  });

  it("lists every feed with how it stands with it", async () => {
    await api("POST", "/v1/feeds", draft);
    await poll("built-in", read({ movedTo: "https://built.example/new" }));
    await poll("my-source", { status: "failed", code: "http-403", refused: true });
    expect(await api("GET", "/v1/feeds")).toEqual({
      status: 200,
      body: {
        now: "2027-03-01T12:00:00.000Z",
        feeds: [
          {
            ...builtIn,
            origin: "built-in",
            health: "ok",
            failures: 0,
            lastPolledAt: "2027-03-01T12:00:00.000Z",
            nextPollAt: "2027-03-01T13:00:00.000Z",
            movedTo: "https://built.example/new",
          },
          {
            ...draft,
            origin: "own",
            health: "blocked",
            failures: 1,
            lastError: "http-403",
            lastPolledAt: "2027-03-01T12:00:00.000Z",
            nextPollAt: "2027-03-02T12:00:00.000Z",
          },
        ],
      },
    });
    expect(await api("GET", "/v1/feeds/my-source")).toMatchObject({
      status: 200,
      body: { health: "blocked" },
    });
  });

  it("adds a feed once, and refuses an id or an address that is another's", async () => {
    const added = { ...draft, origin: "own", health: "waiting", failures: 0 };
    expect(await api("POST", "/v1/feeds", draft)).toEqual({ status: 201, body: added });
    expect(await api("POST", "/v1/feeds", draft)).toEqual({ status: 200, body: added });
    for (const id of ["my-source", "built-in"])
      expect(await api("POST", "/v1/feeds", { ...draft, id, title: "Another" })).toMatchObject({
        status: 409,
        body: { code: "feed.taken" },
      });
    for (const url of [draft.url, "https://built.example/feed?utm_source=x"])
      expect(await api("POST", "/v1/feeds", { ...draft, id: "other", url })).toMatchObject({
        status: 409,
        body: { code: "feed.same-address" },
      });
    expect(await service.deps.feedList.all()).toHaveLength(1);
  });

  it("adds one of many at once", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => api("POST", "/v1/feeds", draft)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(9).fill(200), 201]);
  });

  it.each([
    ["id", "My Source"],
    ["id", "a--b"],
    ["id", "LIST"],
    ["id", "a".repeat(41)],
    ["id", undefined],
    ["title", " "],
    ["title", "Two\nlines"],
    ["url", "http://mine.example/feed"],
    ["url", "https://user:pass@mine.example/"],
    ["url", "https://mine.example:8443/"],
    ["url", "https://127.0.0.1/rss"],
    ["url", "https://2130706433/rss"],
    ["url", "https://[::1]/rss"],
    ["url", "https://localhost/rss"],
    ["url", "https://feeds.internal./rss"],
    ["url", "here"],
    ["topic", "sports"],
    ["everyMinutes", 59],
    ["everyMinutes", 90.5],
    ["everyMinutes", "120"],
    ["interval", 120],
  ])("refuses as %s: %j", async (field, value) => {
    const answer = await api("POST", "/v1/feeds", { ...draft, [field]: value });
    expect(answer).toMatchObject({ status: 422, body: { code: "feed.invalid" } });
    expect(Object.keys(answer.body.fields as object)).toEqual([field]);
    expect(await service.deps.feedList.all()).toEqual([]);
  });

  it.each([
    ["no JSON", "{", "application/json", 400],
    ["a list", "[]", "application/json", 400],
    ["a form", "id=a", "application/x-www-form-urlencoded", 415],
    ["too much", { ...draft, title: "x".repeat(257 * 1024) }, "application/json", 413],
  ])("refuses %s", async (_, body, type, status) => {
    expect((await api("POST", "/v1/feeds", body, type)).status).toBe(status);
    expect((await api("PATCH", "/v1/feeds/built-in", body, type)).status).toBe(status);
  });

  it.each(["none", "LIST", "STATE", "x".repeat(1_500), "%00", "a%2Fb"])("answers 404 for %s", async (id) => {
    await api("POST", "/v1/feeds", draft);
    for (const [method, path, body] of [
      ["GET", ""],
      ["PATCH", "", { off: true }],
      ["DELETE", ""],
      ["POST", "/poll"],
    ] as const)
      expect(await api(method, `/v1/feeds/${id}${path}`, body)).toMatchObject({
        status: 404,
        body: { code: "feed.missing" },
      });
  });
});

describe("a change of a feed", () => {
  it("holds for one of the catalogue as well, and can be taken back", async () => {
    const change = {
      title: "Mended",
      url: "https://built.example/mended",
      topic: "careers",
      everyMinutes: 90,
    };
    expect(await api("PATCH", "/v1/feeds/built-in", change)).toMatchObject({
      status: 200,
      body: { id: "built-in", ...change, origin: "changed" },
    });
    expect(await api("PATCH", "/v1/feeds/built-in", { title: "Again" })).toMatchObject({
      body: { ...change, title: "Again" },
    });
    expect(await api("DELETE", "/v1/feeds/built-in")).toEqual({
      status: 200,
      body: { id: "built-in", status: "restored" },
    });
    expect(await api("GET", "/v1/feeds/built-in")).toMatchObject({
      body: { ...builtIn, origin: "built-in" },
    });
    expect(await api("DELETE", "/v1/feeds/built-in")).toMatchObject({
      status: 409,
      body: { code: "feed.built-in" },
    });
  });

  it("tells of a new address nothing that was learned of the old one", async () => {
    await poll("built-in", { status: "failed", code: "http-404" });
    await api("PATCH", "/v1/feeds/built-in", { url: "https://built.example/mended" });
    const { body } = await api("GET", "/v1/feeds/built-in");
    expect(body).toMatchObject({ health: "waiting", failures: 0 });
    expect(body).not.toHaveProperty("lastError");
  });

  it.each(["https://127.0.0.1/new", "https://built.internal/new", "https://built.example:8443/new"])(
    "takes over no address that nobody could enter, such as %s",
    async (movedTo) => {
      await poll("built-in", read({ movedTo }));
      expect(await api("PATCH", "/v1/feeds/built-in", { acceptMove: true })).toMatchObject({
        status: 409,
        body: { code: "feed.no-move" },
      });
    },
  );

  it("takes over the address that is proposed, if one is, and it is https", async () => {
    expect(await api("PATCH", "/v1/feeds/built-in", { acceptMove: true })).toMatchObject({
      status: 409,
      body: { code: "feed.no-move" },
    });
    await poll("built-in", read({ movedTo: "http://built.example/new" }));
    expect((await api("PATCH", "/v1/feeds/built-in", { acceptMove: true })).status).toBe(409);
    service.clock.set("2027-03-01T13:00:00.000Z");
    await poll("built-in", read({ movedTo: "https://built.example/new" }));
    expect(await api("PATCH", "/v1/feeds/built-in", { acceptMove: true })).toMatchObject({
      status: 200,
      body: { url: "https://built.example/new", origin: "changed", health: "waiting" },
    });
    expect((await api("PATCH", "/v1/feeds/built-in", { acceptMove: true })).status).toBe(409);
  });

  it("switches off, so that nothing is known of it, and on again", async () => {
    await poll("built-in", read());
    expect(await api("PATCH", "/v1/feeds/built-in", { off: true })).toMatchObject({
      body: { health: "off" },
    });
    expect(await service.deps.feeds.loadState("built-in")).toBeUndefined();
    expect(await api("PATCH", "/v1/feeds/built-in", { off: false })).toMatchObject({
      body: { health: "waiting" },
    });
  });

  it.each([
    [{}, "title"],
    [{ id: "other" }, "id"],
    [{ everyMinutes: 5 }, "everyMinutes"],
    [{ url: "https://mine.example/", acceptMove: true }, "url"],
    [{ url: "https://10.0.0.1/feed" }, "url"],
    [{ acceptMove: false }, "acceptMove"],
    [{ off: "yes" }, "off"],
  ])("%j is refused", async (change, field) => {
    const answer = await api("PATCH", "/v1/feeds/built-in", change);
    expect(answer).toMatchObject({ status: 422, body: { code: "feed.invalid" } });
    expect(Object.keys(answer.body.fields as object)).toContain(field);
    expect(await service.deps.feedList.all()).toEqual([]);
  });

  it("gives no feed the address of another", async () => {
    await api("POST", "/v1/feeds", draft);
    expect(await api("PATCH", "/v1/feeds/built-in", { url: draft.url })).toMatchObject({
      status: 409,
      body: { code: "feed.same-address", detail: expect.stringContaining("my-source") },
    });
  });

  it("is kept with another that came at the same instant", async () => {
    await Promise.all([
      api("PATCH", "/v1/feeds/built-in", { title: "Mended" }),
      api("PATCH", "/v1/feeds/built-in", { everyMinutes: 240 }),
    ]);
    expect(await service.deps.feedList.find("built-in")).toMatchObject({
      title: "Mended",
      everyMinutes: 240,
    });
  });

  it("removes a feed of one's own with its state, and not what it has brought", async () => {
    await api("POST", "/v1/feeds", draft);
    const entries = [{ title: "One", url: "https://mine.example/1", summary: "" }];
    await poll("my-source", { status: "read", entries });
    expect(await api("DELETE", "/v1/feeds/my-source")).toEqual({
      status: 200,
      body: { id: "my-source", status: "removed" },
    });
    const keys = (await keptRows(service)).map(({ sk }) => String(sk).replace(/#.*/, ""));
    expect(keys.toSorted()).toEqual(["ITEM", "MARK"]);
    expect((await api("DELETE", "/v1/feeds/my-source")).status).toBe(404);
  });
});

describe("a poll that is asked for", () => {
  it("makes a feed due at once and rings for it, but presses nobody", async () => {
    await poll("built-in", read());
    expect(await api("POST", "/v1/feeds/built-in/poll")).toMatchObject({
      status: 429,
      body: { code: "feed.too-soon" },
    });
    expect(await service.messages("feeds")).toEqual([]);
    service.clock.set("2027-03-01T12:05:00.000Z");
    expect(await api("POST", "/v1/feeds/built-in/poll")).toMatchObject({
      status: 202,
      body: { nextPollAt: "2027-03-01T12:05:00.000Z" },
    });
    const [message = ""] = await service.messages("feeds");
    expect(JSON.parse(message)).toEqual({ v: 1, feedId: "built-in" });
    await poll("built-in", read());
    expect(await service.deps.feeds.loadState("built-in")).toMatchObject({
      lastPolledAt: "2027-03-01T12:05:00.000Z",
    });
  });

  it("rings for a feed that was never polled, and not for one that is off", async () => {
    expect((await api("POST", "/v1/feeds/built-in/poll")).status).toBe(202);
    expect(await service.messages("feeds")).toHaveLength(1);
    await api("PATCH", "/v1/feeds/built-in", { off: true });
    expect(await api("POST", "/v1/feeds/built-in/poll")).toMatchObject({
      status: 409,
      body: { code: "feed.off" },
    });
    expect(await service.messages("feeds")).toEqual([]);
  });
});
