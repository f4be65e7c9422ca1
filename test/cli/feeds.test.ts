import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Deps } from "../../adapters/connect.ts";
import { httpFeedReader } from "../../adapters/feeds/read-feed.ts";
import { examineFeed } from "../../cli/feeds/examine-feed.ts";
import { examinedWords } from "../../cli/feeds/examined-words.ts";
import { faultWords } from "../../cli/feeds/fault-words.ts";
import { readEvery } from "../../cli/feeds/feed-options.ts";
import { everyWords, type Feed, showFeeds, spanWords } from "../../cli/feeds/feed-words.ts";
import type { FeedReading } from "../../core/feed/feed-ports.ts";
import { handler as admin } from "../../functions/admin/handler.ts";
import { handler as pollFeed } from "../../functions/queue/poll-feed.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { adminKey } from "../helpers/campaigns.ts";
import { catalogue } from "../helpers/catalogue.ts";
import { context, sqsEvent } from "../helpers/events.ts";
import { type FeedHost, rssOf, serving, startFeedHost } from "../helpers/feed-server.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { runCli } from "./run-cli.ts";

let service: TestService;
let gateway: Gateway;
let environment: Record<string, string>;
let host: FeedHost;
beforeAll(async () => {
  host = await startFeedHost();
  service = await startService();
  gateway = await startGateway({
    port: 0,
    clock: service.clock,
    invoke: (event) => admin.with(service.depsOf("admin"))(event as never, context) as never,
    report: (error) => console.error(error),
  });
  environment = { STEPLETTER_URL: gateway.url, STEPLETTER_KEY: await adminKey(service) };
});
afterAll(async () => {
  await gateway.close();
  await service.stop();
  await host.stop();
});
beforeEach(() => service.clock.set("2027-03-01T12:00:00.000Z"));

const run = (...args: string[]) => runCli(args, environment);
const feeds = (...args: string[]) => run("feeds", ...args);
const add = (id: string, ...more: string[]) =>
  feeds("add", id, `https://${id}.example/feed`, "--title", `The ${id}`, "--topic", "coding", ...more);
async function poll(feedId: string, reading: FeedReading): Promise<void> {
  const deps: Deps = {
    ...service.depsOf("poll-feed"),
    catalogue,
    feedReader: { read: async () => reading },
  };
  await pollFeed.with(deps)(sqsEvent({ v: 1, feedId }));
}

describe("stepletter feeds", () => {
  it("adds, lists, edits, switches, polls and removes a feed", async () => {
    expect((await feeds("list")).stdout).toContain("No feeds yet. Add one: stepletter feeds add ID");
    expect(await add("journal", "--every", "3h")).toEqual({
      code: 0,
      stderr: "",
      stdout:
        "The feed journal (The journal) is added, and polled every 3 h.\nSee how it fares: stepletter feeds list\n",
    });
    expect((await add("journal", "--every", "3h")).stdout).toContain("was there already, just so");
    await poll("journal", { status: "read", entries: [], movedTo: "https://journal.example/new" });
    service.clock.set("2027-03-01T13:30:00.000Z");
    expect((await feeds("list")).stdout).toBe(
      [
        "ok       journal",
        "         The journal, coding, every 3 h, added by an admin",
        "         https://journal.example/feed",
        "         polled 90 minutes ago, again in 90 minutes",
        "         moved for good to https://journal.example/new; if that is right, take",
        "         it over:",
        "         stepletter feeds edit journal --accept-move",
        "",
        "1 feed: 1 well.",
        "",
      ].join("\n"),
    );
    expect((await feeds("edit", "journal", "--accept-move")).stdout).toContain("https://journal.example/new");
    await poll("journal", { status: "failed", code: "html" });
    const listed = await feeds("list");
    expect(listed.stdout).toContain("failed once (html): this is a page, not a feed");
    expect(await feeds("poll", "journal")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Wait five minutes"),
    });
    service.clock.set("2027-03-01T14:00:00.000Z");
    expect((await feeds("poll", "journal")).stdout).toContain("is polled within a minute");
    expect(await service.messages("feeds")).toHaveLength(1);
    expect((await feeds("off", "journal")).stdout).toContain("is off");
    expect((await feeds("list")).stdout).toContain("1 off");
    expect((await feeds("on", "journal")).stdout).toContain("is on");
    expect((await feeds("remove", "journal")).stdout).toContain("is removed");
    expect(await feeds("remove", "journal")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no feed with this id"),
    });
  });

  it("answers programs in JSON", async () => {
    const added = JSON.parse((await add("in-json", "--json")).stdout);
    expect(added).toMatchObject({ id: "in-json", origin: "own", health: "waiting", everyMinutes: 360 });
    const { feeds: listed } = JSON.parse((await feeds("list", "--json")).stdout);
    expect(listed).toContainEqual(added);
    const taken = await feeds(
      "add",
      "in-json",
      "https://b.example/",
      "--title",
      "B",
      "--topic",
      "coding",
      "--json",
    );
    expect(taken).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(taken.stderr)).toMatchObject({ code: "feed.taken" });
    await feeds("remove", "in-json");
  });

  it.each([
    [
      "an unknown topic",
      ["add", "a", "https://a.example/", "--title", "A", "--topic", "sports"],
      2,
      "Allowed choices",
    ],
    ["no title", ["add", "a", "https://a.example/", "--topic", "coding"], 2, "--title"],
    [
      "no time",
      ["add", "a", "https://a.example/", "--title", "A", "--topic", "coding", "--every", "often"],
      2,
      "such as 90m",
    ],
    [
      "too often",
      ["add", "a", "https://a.example/", "--title", "A", "--topic", "coding", "--every", "5m"],
      2,
      "Write from 1h to 7d",
    ],
    [
      "an address without https",
      ["add", "a", "http://a.example/", "--title", "A", "--topic", "coding"],
      1,
      "  <address>: Write the https:// address",
    ],
    [
      "an address of one's own network",
      ["edit", "a", "--address", "https://127.0.0.1/rss"],
      1,
      "  --address: Write",
    ],
    ["nothing to change", ["edit", "a"], 2, "Change something"],
    ["two addresses", ["edit", "a", "--address", "https://a.example/", "--accept-move"], 2, "not both"],
    ["no such feed", ["off", "none"], 1, "There is no feed with this id"],
    ["neither address nor id", ["test", "here"], 2, "is neither an https:// address nor the id"],
    ["an address under http", ["test", "http://a.example/"], 2, "is neither an https:// address"],
    ["no number", ["test", "https://a.example/", "--limit", "many"], 2, "from 1 to 999"],
  ])("wrong use, %s", async (_, args, code, words) => {
    expect(await feeds(...args)).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(words) });
  });

  it("names what is wrong with an item as it was typed", async () => {
    const item = ["items", "add", "http://a.example/", "--title", "A", "--source", "A", "--topic", "coding"];
    const { code, stderr } = await run(...item, "--ce-hours", "1.3");
    expect(code).toBe(1);
    expect(stderr).toContain("  <link>: Write the https:// address");
    expect(stderr).toContain("  --ce-hours: Write hours in quarters");
  });

  it("has examples in its help", async () => {
    expect((await feeds("add", "--help")).stdout).toContain("stepletter feeds test https://");
    expect((await feeds("edit", "--help")).stdout).toContain("--accept-move");
    expect((await feeds("test", "--help")).stdout).toContain("--topic coding --json");
    expect((await run("items", "add", "--help")).stdout).toContain("--ce-hours 1.5");
  });
});

describe("stepletter feeds test", () => {
  it("reaches nothing that is not public, without a service, and says why", async () => {
    const refused = await runCli(["feeds", "test", "https://127.0.0.1/feed"]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("(blocked-address): the host is not on the public internet");
    const inJson = await runCli(["feeds", "test", "https://[::1]/", "--json"]);
    expect(JSON.parse(inJson.stderr)).toMatchObject({ code: "blocked-address" });
  });

  const now = "2027-03-01T12:00:00.000Z";
  const examine = (path: string) =>
    examineFeed(
      {
        feedReader: httpFeedReader({
          publicUrl: "https://steps.example",
          contact: "hello@steps.example",
          trustedOrigin: host.origin,
        }),
        catalogue: {
          feedRules: {
            topics: [{ topic: "privacy", words: ["HIPAA"] }],
            relevance: [
              { because: "it changes codes", points: 4, words: ["CPT"] },
              { because: "it is sold as news", points: -1, words: ["webinar"] },
            ],
          },
        },
      },
      { source: { id: "a", title: "A", url: host.origin + path, topic: "coding", everyMinutes: 60 }, now },
    );

  it("shows what would be stored, under which topic, with which points and why", async () => {
    const items = [
      { id: "1", title: "CPT webinar", date: "2027-02-26" },
      { id: "2", title: "HIPAA", date: "2027-01-01" },
    ];
    host.on("/feed", serving(rssOf([...items, { id: "1", title: "CPT webinar", date: "2027-02-26" }])));
    host.on("/moved", (_, response) => response.writeHead(301, { location: "/feed" }).end());
    const examined = await examine("/moved");
    if (examined.status !== "read") throw new Error(examined.code);
    expect(examined.entries).toMatchObject([
      { topic: "coding", score: 3, news: true },
      { topic: "privacy", news: false },
    ]);
    expect(examinedWords("https://a.example/", examined, { limit: 1, columns: 80 })).toBe(
      [
        "https://a.example/ is a feed of 2 entries, of which 1 would be news now.",
        "1 more repeat one of them.",
        `It has moved for good to ${host.origin}/feed: add that address.`,
        "",
        "2027-02-26  CPT webinar",
        "            coding, 3 points: it changes codes; it is sold as news",
        "            https://news.example/1",
        "",
        "And 1 more: --limit 2 shows all.",
      ].join("\n"),
    );
    const all = examinedWords("https://a.example/", examined, { limit: 20, columns: 80 });
    expect(all).toContain("            privacy, no rule gives it points; too old to be news");
  });

  it("says that a page is no feed", async () => {
    host.on("/page", serving("<!doctype html><p>Hello", { "content-type": "text/html" }));
    expect(await examine("/page")).toEqual({ status: "failed", code: "html" });
  });
});

describe("the words", () => {
  it("say of every code what it means", () => {
    const docs = readFileSync(join(import.meta.dirname, "../../docs/feeds.md"), "utf8");
    const [, refused = ""] = docs.split("## What is refused");
    const codes = [...refused.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([\w-]+)`/g)].map(([, code = ""]) => code),
    );
    expect(codes.length).toBeGreaterThan(20);
    const told = codes.map(faultWords);
    expect(codes.filter((code) => faultWords(code) === "the connection failed")).toEqual([]);
    expect(new Set(told).size).toBe(codes.length);
    expect(faultWords("http-503")).toBe("the host has a fault of its own (status 503)");
    expect(faultWords("http-418")).toBe("the host answers with status 418");
    expect(faultWords("cert-has-expired")).toContain("certificate");
    expect(faultWords("eproto")).toBe("the connection failed");
  });

  it("of a list have what fails first, and do not doubt every name where no name is known", () => {
    const now = "2027-03-01T12:00:00.000Z";
    const feed = (id: string, changes: Partial<Feed> = {}): Feed => ({
      ...{ id, title: id, url: `https://${id}.example/`, topic: "coding", everyMinutes: 60 },
      ...{ origin: "built-in", health: "ok", failures: 0, lastPolledAt: now, nextPollAt: now },
      ...changes,
    });
    const failing = { health: "failing", failures: 2, lastError: "not-resolved" } as const;
    const mixed = showFeeds({ now, feeds: [feed("a"), feed("b", failing)] }, 80);
    expect([...mixed.matchAll(/^\S+ +([ab])$/gm)].map(([, id]) => id)).toEqual(["b", "a"]);
    expect(mixed).toContain("check its spelling");
    const alone = showFeeds({ now, feeds: [feed("b", failing)] }, 80);
    expect(alone).toContain("check its spelling");
    const waiting = feed("c", { health: "waiting" });
    const offline = showFeeds({ now, feeds: [feed("a", failing), feed("b", failing), waiting] }, 80);
    expect(offline).not.toContain("check its spelling");
    expect(offline).toContain("failed 2 times in a row (not-resolved)\n");
    expect(offline).toMatch(/waiting for their first poll\.\nNone has an address just now .*offline\?/);
  });

  it("say how long it is in the unit that fits", () => {
    const until = (to: string) => spanWords("2027-03-01T12:00:00.000Z", to);
    expect(until("2027-03-01T12:01:00.000Z")).toBe("1 minute");
    expect(until("2027-03-01T13:59:00.000Z")).toBe("119 minutes");
    expect(until("2027-03-02T12:00:00.000Z")).toBe("24 hours");
    expect(until("2027-03-04T12:00:00.000Z")).toBe("3 days");
    expect(until("2027-02-01T12:00:00.000Z")).toBe("less than a minute");
  });

  it("read how often a feed is polled", () => {
    expect(["90", "90m", "6h", "1d", "7d"].map(readEvery)).toEqual([90, 90, 360, 1440, 10_080]);
    expect([60, 90, 360, 1_440, 2_880].map(everyWords)).toEqual(["1 h", "90 min", "6 h", "1 day", "2 days"]);
    for (const typed of ["", "h", "59", "8d", "6 h", "1w", "-1", "1.5h"])
      expect(() => readEvery(typed)).toThrow("such as");
  });
});

describe("stepletter items", () => {
  const enter = (...more: string[]) =>
    run(
      "items",
      "add",
      "https://journal.example/webinar",
      "--title",
      "On the codes",
      "--source",
      "AHIMA",
      "--topic",
      "coding",
      ...more,
    );

  it("enters, corrects, lists and takes out an item", async () => {
    const added = await enter("--ce-hours", "1", "--date", "2027-02-26");
    expect(added).toMatchObject({ code: 0, stderr: "" });
    const [, key = ""] = /stepletter items remove ([\w-]{22})\n/.exec(added.stdout) ?? [];
    expect(added.stdout).toContain("“On the codes” goes into edition 2027-W10.");
    expect((await enter("--ce-hours", "1", "--date", "2027-02-26")).stdout).toContain("already, just so");
    expect((await enter("--ce-hours", "1.5")).stdout).toContain("is corrected where it stands");
    expect((await run("items", "list")).stdout).toBe(
      [
        "On the codes",
        `    AHIMA, coding, 0 points, 1.5 CE hours, by hand, key ${key}`,
        "    https://journal.example/webinar",
        "",
        "Edition 2027-W10 has 1 item.",
        "",
      ].join("\n"),
    );
    expect(JSON.parse((await run("items", "list", "--json")).stdout)).toMatchObject({
      edition: "2027-W10",
      items: [{ key, ceHours: 1.5, feedId: "MANUAL" }],
    });
    expect((await run("items", "remove", key)).stdout).toBe("The item is taken out.\n");
    expect((await run("items", "list", "--edition", "2027-W10")).stdout).toBe(
      "Edition 2027-W10 has 0 items.\n",
    );
    expect(await run("items", "remove", key)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("items list"),
    });
  });

  it.each([
    ["no hours", ["--ce-hours", "some"], 2, "such as 1.5"],
    ["odd hours", ["--ce-hours", "1.1"], 1, "--ce-hours: Write hours in quarters"],
    ["no day", ["--date", "soon"], 1, "--date: Write the day"],
  ])("wrong use, %s", async (_, more, code, words) => {
    expect(await enter(...more)).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(words) });
  });
});
