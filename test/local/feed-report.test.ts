import { describe, expect, it } from "vitest";
import { service as manifest } from "../../infra/service.ts";
import { feedWords, reportFeeds } from "../../local/feed-report.ts";
import { watchFeeds } from "../../local/watch-feeds.ts";
import { tableOf } from "../helpers/rows.ts";
import { startService } from "../helpers/service.ts";

const well = { feed: "a", health: "ok" };
const failing = (error: string) => ({ feed: error, health: "failing", error });

describe("the feeds in words", () => {
  it("says how many are well", () => {
    expect(feedWords([well, well])).toBe("2 well");
  });

  it("counts what fails by its cause, calmly", () => {
    expect(feedWords([well, failing("not-resolved"), failing("html"), failing("not-resolved")])).toBe(
      "1 well, 3 failing (not-resolved 2, html 1); each is tried again later, everything else goes on",
    );
  });

  it("wonders about the network where no name has an address", () => {
    expect(feedWords([failing("not-resolved"), failing("not-resolved")])).toBe(
      "none of the 2 has an address just now (not-resolved): is this machine offline? Each is tried again later, everything else goes on",
    );
    expect(feedWords([failing("not-resolved")])).toContain("1 failing (not-resolved 1)");
  });

  it("names those that refuse us, and those that have moved", () => {
    const blocked = { feed: "b", health: "blocked", error: "http-403" };
    expect(feedWords([{ ...well, movedTo: "https://a.example/new" }, blocked])).toBe(
      "1 well, 1 blocked (http-403 1); each is tried again later, everything else goes on; a moved for good: stepletter feeds list",
    );
  });
});

describe("watching the feeds", () => {
  it("speaks once what has come to rest, and is silent while nothing is known", async () => {
    const said: string[] = [];
    const answers = [[], [well], [well, well], [well, well], [well, well]];
    let asked = 0;
    const done = Promise.withResolvers<void>();
    const stop = watchFeeds(
      async () => {
        if (asked === answers.length) done.resolve();
        return answers[asked++] ?? [well, well];
      },
      (words) => said.push(words),
      1,
    );
    await done.promise;
    await stop();
    expect(said).toEqual(["2 well"]);
  });
});

describe("the report of the feeds", () => {
  it("has all that were polled, what is wrong with them, and when they are polled again", async () => {
    const service = await startService();
    const { table, client, close } = tableOf(service);
    const polled = { lastPolledAt: "2027-03-01T12:00:00.000Z", nextPollAt: "2027-03-01T13:00:00.000Z" };
    const state = { ...polled, url: "https://a.example/feed", failures: 0, health: "ok" } as const;
    await service.deps.feeds.saveState({ ...state, feedId: "b" }, undefined);
    await service.deps.feeds.saveState(
      { ...state, feedId: "a", health: "failing", failures: 1, lastError: "html" },
      undefined,
    );
    expect(await reportFeeds(client, table.name, manifest.table)).toEqual([
      { feed: "a", health: "failing", next: polled.nextPollAt, error: "html" },
      { feed: "b", health: "ok", next: polled.nextPollAt },
    ]);
    close();
    await service.stop();
  });
});
