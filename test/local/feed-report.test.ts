import { describe, expect, it } from "vitest";
import { feedWords } from "../../local/feed-report.ts";
import { watchFeeds } from "../../local/watch-feeds.ts";

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

  it("names those that refuse us, and those that have moved", () => {
    const blocked = { feed: "b", health: "blocked", error: "http-403" };
    expect(feedWords([{ ...well, movedTo: "https://a.example/new" }, blocked])).toBe(
      "1 well, 1 blocked (http-403 1); each is tried again later, everything else goes on; a moved for good, see docs/feeds.md",
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
