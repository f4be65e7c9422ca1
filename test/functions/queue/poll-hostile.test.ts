import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Deps } from "../../../adapters/connect.ts";
import { fetchLimits } from "../../../adapters/feeds/guarded-fetch.ts";
import { httpFeedReader } from "../../../adapters/feeds/read-feed.ts";
import { forEvery } from "../../../core/every.ts";
import type { FeedReader } from "../../../core/feed/feed-ports.ts";
import { handler } from "../../../functions/queue/poll-feed.ts";
import { readDocuments } from "../../../local/feed-server/documents.ts";
import { hostileFeeds, hostilePath } from "../../../local/feed-server/hostile-feeds.ts";
import { type FeedServer, startFeedServer } from "../../../local/feed-server/start-feed-server.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { rowsOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

const good = readDocuments(new URL("../../fixtures/feeds/", import.meta.url)).slice(0, 8);
/** What ten at a time may take of memory: none is ever unpacked beyond its 10 MB, though two of them are 100 MB each. */
const mostBytes = 100_000_000;

let service: TestService;
let server: FeedServer;
let deps: Deps;
beforeAll(async () => {
  service = await startService();
  const hostile = hostileFeeds.flatMap(({ id, from }) =>
    typeof from === "string" ? [] : [[hostilePath(id), from] as const],
  );
  server = await startFeedServer(
    new Map([...good.map(({ path, answer }) => [path, answer] as const), ...hostile]),
  );
  const addresses = [
    ...good.map(({ id, path }) => [id, server.url + path]),
    ...hostileFeeds.map(({ id, from }) => [
      id,
      typeof from === "string" ? from : server.url + hostilePath(id),
    ]),
  ];
  const feeds = addresses.map(([id = "", url = ""]) => ({
    id,
    title: id,
    url,
    topic: "privacy" as const,
    everyMinutes: 60,
  }));
  const connected = connect(service.environmentOf("poll-feed"), {
    clock: service.clock,
    catalogue: { ...catalogue, feeds },
  });
  const polite = { publicUrl: "https://steps.example", contact: "hello@stepletter.example" };
  const reader = httpFeedReader({ ...polite, trustedOrigin: server.url });
  // Only who keeps us waiting on purpose has less time than in a deployment.
  const limits = { ...fetchLimits, totalMs: 1_500 };
  const impatient = httpFeedReader({ ...polite, trustedOrigin: server.url, limits });
  const slow = new Set(hostileFeeds.flatMap((feed) => (feed.slow ? [feed.id] : [])));
  const feedReader: FeedReader = {
    read: (source, validators) => (slow.has(source.id) ? impatient : reader).read(source, validators),
  };
  deps = { ...connected, feedReader };
});
afterAll(async () => {
  await server.close();
  await service.stop();
});

describe("hosts that mean no good", () => {
  it("are refused within their limits, each by its code, while the others go on", async () => {
    const waiting = [...hostileFeeds.map(({ id }) => id)];
    // A good one behind every third, as a queue has them.
    good.forEach(({ id }, at) => {
      waiting.splice(at * 4 + 3, 0, id);
    });
    const before = inMemory();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, inMemory() - before);
    }, 5);
    await forEvery(waiting, async (feedId) => {
      expect(failedIds(await handler.with(deps)(sqsEvent({ v: 1, feedId })))).toEqual([]);
      most = Math.max(most, inMemory() - before);
    });
    clearInterval(watch);

    const states = await service.deps.feeds.loadStates(waiting);
    const codes = hostileFeeds.map(({ id }) => [id, states.get(id)?.lastError, states.get(id)?.failures]);
    expect(codes).toEqual(hostileFeeds.map(({ id, code }) => [id, code, 1]));
    for (const { id, count } of good) {
      expect(states.get(id)).toMatchObject({ health: "ok", failures: 0 });
      expect(await rowsOf(service, `FEED#${id}`, "ITEM#")).toHaveLength(count);
    }
    for (const { id } of hostileFeeds) expect(await rowsOf(service, `FEED#${id}`, "ITEM#")).toEqual([]);
    expect(most).toBeLessThan(mostBytes);
  });

  it("that refuse us are told from those that fail", async () => {
    expect(await deps.feeds.loadState("refuses-us")).toMatchObject({ health: "blocked" });
    expect(await deps.feeds.loadState("gone")).toMatchObject({ health: "failing" });
  });
});

function inMemory(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
