import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Deps } from "../../../adapters/connect.ts";
import { handler } from "../../../functions/queue/poll-feed.ts";
import { type ExpectedItem, readDocuments } from "../../../local/feed-server/documents.ts";
import { type FeedServer, startFeedServer } from "../../../local/feed-server/start-feed-server.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { rowsOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

const documents = readDocuments(new URL("../../fixtures/feeds/", import.meta.url));

let service: TestService;
let server: FeedServer;
let deps: Deps;
beforeAll(async () => {
  service = await startService();
  server = await startFeedServer(new Map(documents.map(({ path, answer }) => [path, answer])));
  const feeds = documents.map(({ id, path, topic }) => ({
    id,
    title: id,
    url: server.url + path,
    topic,
    everyMinutes: 60,
  }));
  deps = connect(service.environmentOf("poll-feed"), {
    clock: service.clock,
    catalogue: { ...catalogue, feeds },
    trustedFeedOrigin: server.url,
  });
});
afterAll(async () => {
  await server.close();
  await service.stop();
});

describe("a document that is met in the wild", () => {
  it("is here in at least sixty shapes", () => {
    expect(documents.length).toBeGreaterThanOrEqual(60);
    expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
  });

  it.each(documents)("gives its items: $id ($defect)", async ({ id, count, items, ttl }) => {
    expect(failedIds(await handler.with(deps)(sqsEvent({ v: 1, feedId: id })))).toEqual([]);
    const state = await deps.feeds.loadState(id);
    expect(state).toMatchObject({ health: "ok", failures: 0 });
    expect(state?.ttlMinutes).toBe(ttl);
    const stored = await rowsOf(service, `FEED#${id}`, "ITEM#");
    expect(stored).toHaveLength(count);
    const here = (item: ExpectedItem) => ({ ...item, url: item.url.replace("{origin}", server.url) });
    for (const { summary, ...item } of items.map(here)) {
      const row = stored.find(({ title }) => title === item.title);
      expect({ title: row?.title, url: row?.url, date: row?.publishedAt }).toEqual(item);
      if (summary !== undefined) expect(row?.summary).toBe(summary);
    }
  });

  it("is unchanged for who has it already, and gives nothing again", async () => {
    service.clock.set("2027-03-04T12:00:00.000Z");
    for (const { id, count } of documents.slice(0, 10)) {
      const before = await deps.feeds.loadState(id);
      const source = deps.catalogue.feeds.find((feed) => feed.id === id);
      if (!source || !before?.etag) throw new Error(`${id} was never read`);
      expect(await deps.feedReader.read(source, { etag: before.etag })).toEqual({ status: "unchanged" });
      expect(failedIds(await handler.with(deps)(sqsEvent({ v: 1, feedId: id })))).toEqual([]);
      expect(await deps.feeds.loadState(id)).toMatchObject({
        health: "ok",
        lastPolledAt: service.clock.now(),
      });
      expect(await rowsOf(service, `FEED#${id}`, "ITEM#")).toHaveLength(count);
    }
  });
});
