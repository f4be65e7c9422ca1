import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import { AppError } from "../../../core/errors.ts";
import { handler as pollFeed } from "../../../functions/queue/poll-feed.ts";
import { handler } from "../../../functions/schedule/poll-feeds.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { scheduleEvent, sqsEvent } from "../../helpers/events.ts";
import { type FunctionName, startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
let deps: Deps;
beforeEach(async () => {
  service = await startService();
  deps = withFeeds(["a", "b", "c"]);
});
afterEach(() => service.stop());

const withFeeds = (ids: string[], name: FunctionName = "poll-feeds"): Deps => ({
  ...service.depsOf(name),
  catalogue: {
    ...catalogue,
    feeds: ids.map((id) => ({
      id,
      title: id,
      url: `https://${id}.example/`,
      topic: "coding",
      everyMinutes: 60,
    })),
  },
  feedReader: { read: async () => ({ status: "read", entries: [] }) },
});
const asked = async () => {
  const ids: string[] = [];
  for (
    let bodies = await service.messages("feeds");
    bodies.length > 0;
    bodies = await service.messages("feeds")
  )
    ids.push(...bodies.map((body) => JSON.parse(body).feedId));
  return ids.sort();
};

describe("poll-feeds", () => {
  it("asks for every feed that was never polled, one message each", async () => {
    await handler.with(deps)(scheduleEvent);
    expect(await asked()).toEqual(["a", "b", "c"]);
  });

  it("asks for a feed again when its time has come", async () => {
    const polling = withFeeds(["a", "b"], "poll-feed");
    for (const feedId of ["a", "b"]) await pollFeed.with(polling)(sqsEvent({ v: 1, feedId }));
    await handler.with(deps)(scheduleEvent);
    expect(await asked()).toEqual(["c"]);
    service.clock.set("2027-03-01T12:59:59.999Z");
    await handler.with(deps)(scheduleEvent);
    expect(await asked()).toEqual(["c"]);
    service.clock.set("2027-03-01T13:00:00.000Z");
    await handler.with(deps)(scheduleEvent);
    expect(await asked()).toEqual(["a", "b", "c"]);
  });

  it("asks for any number of feeds, and for none", async () => {
    const ids = Array.from({ length: 123 }, (_, index) => `feed-${index}`).sort();
    await handler.with(withFeeds(ids))(scheduleEvent);
    // A queue may look empty while it still takes messages in.
    const seen: string[] = [];
    const all = async () => {
      seen.push(...(await asked()));
      return seen.toSorted();
    };
    await expect.poll(all, { timeout: 10_000 }).toEqual(ids);
    await handler.with(withFeeds([]))(scheduleEvent);
    expect(await asked()).toEqual([]);
  });

  it("asks for feeds that admins have added, at once for one whose address has changed, for none that is off", async () => {
    const polling = withFeeds(["a", "b", "c"], "poll-feed");
    for (const feedId of ["a", "b", "c"]) await pollFeed.with(polling)(sqsEvent({ v: 1, feedId }));
    const row = { title: "t", topic: "coding" as const, everyMinutes: 60, rev: 1 };
    await service.deps.feedList.save({ ...row, id: "own", url: "https://own.example/" });
    await service.deps.feedList.save({ ...row, id: "b", url: "https://b.example/new" });
    await service.deps.feedList.save({ ...row, id: "c", url: "https://c.example/new", off: true });
    await handler.with(deps)(scheduleEvent);
    expect(await asked()).toEqual(["b", "own"]);
  });

  it("tells how many of the feeds do not come back by themselves", async () => {
    const state = { url: "https://a.example/", lastPolledAt: "2027-03-01T11:00:00.000Z" };
    const ahead = { nextPollAt: "2027-03-02T12:00:00.000Z", failures: 9 };
    const loadStates = async () =>
      new Map([
        ["a", { feedId: "a", ...state, ...ahead, health: "failing" as const }],
        ["b", { feedId: "b", ...state, ...ahead, failures: 0, health: "ok" as const }],
        ["c", { feedId: "c", ...state, ...ahead, failures: 2, health: "failing" as const }],
        ["d", { feedId: "d", ...state, ...ahead, failures: 1, health: "blocked" as const }],
      ]);
    await handler.with({ ...deps, feeds: { ...deps.feeds, loadStates } })(scheduleEvent);
    expect(service.measured).toEqual([["FeedsFailing", 2]]);
  });

  it("throws when the queue does not answer, so that the failure is counted", async () => {
    const ask = () => Promise.reject(new AppError("unavailable", "sqs.unavailable", "SQS is away"));
    await expect(handler.with({ ...deps, feedPolls: { ask } })(scheduleEvent)).rejects.toThrow("SQS is away");
  });
});
