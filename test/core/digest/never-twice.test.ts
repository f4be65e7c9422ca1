import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topics } from "../../../core/catalogue.ts";
import { startOfDayAfter, weekdays } from "../../../core/time/window.ts";
import { readerHistory } from "./reader-history.ts";

type History = ReturnType<typeof readerHistory>;
type Deed = (history: History) => unknown;

const often = fc.boolean();
const change: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(fc.constantFrom("week" as const, "month" as const), often).map(
    ([digestEvery, fast]): Deed =>
      (history) =>
        history.set({ digestEvery }, fast),
  ),
  fc.tuple(fc.subarray([...topics], { minLength: 1 }), often).map(
    ([chosen, fast]): Deed =>
      (history) =>
        history.set({ topics: chosen }, fast),
  ),
  fc.tuple(fc.constantFrom(...weekdays), fc.constantFrom(undefined, 5, 21), often).map(
    ([day, hour, fast]): Deed =>
      (history) =>
        history.set({ rhythm: { day, ...(hour !== undefined && { hour }) } }, fast),
  ),
  fc.tuple(fc.constantFrom("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York"), often).map(
    ([zone, fast]): Deed =>
      (history) =>
        history.set({ zone }, fast),
  ),
  fc.tuple(fc.integer({ min: 1, max: 40 }), often).map(
    ([days, fast]): Deed =>
      (history) =>
        history.set({ rhythm: { pausedUntil: startOfDayAfter(history.now(), "UTC", days) } }, fast),
  ),
  often.map(
    (fast): Deed =>
      (history) =>
        history.leaveOrReturn(fast),
  ),
);
const show: fc.Arbitrary<Deed> = fc
  .record({
    feed: fc.integer({ min: 1, max: 3 }),
    n: fc.integer({ min: 1, max: 25 }),
    guid: fc.constantFrom(undefined, "a", "b"),
    title: fc.constantFrom("News", "News, corrected"),
    topic: fc.constantFrom(...topics),
    score: fc.integer({ min: -3, max: 3 }),
    tracked: fc.boolean(),
    weeksAgo: fc.constantFrom(0, 0, 1, 2),
  })
  .map(
    ({ feed, n, guid, title, topic, score, tracked, weeksAgo }): Deed =>
      (history) =>
        history.show(feed, {
          ...(guid && { guid: `${guid}${n}` }),
          link: `https://news.example/${history.edition(weeksAgo)}-${n}${tracked ? "?utm_source=a" : ""}`,
          title,
          topic,
          score,
        }),
  );
const time: fc.Arbitrary<Deed> = fc.constantFrom(1, 4, 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60).map(
  (minutes): Deed =>
    (history) =>
      history.pass(minutes),
);
const due: fc.Arbitrary<Deed> = fc
  .tuple(
    fc.constantFrom(-6, -4, 0, 1, 60),
    fc.constantFrom("dies", "sends", "waits"),
    fc.array(change, { maxLength: 4 }),
    fc.boolean(),
  )
  .map(
    ([minutes, what, deeds, returns]): Deed =>
      async (history) => {
        history.passToDue(minutes);
        if (what === "dies") await history.dispatch(() => Promise.reject(new Error("died")));
        else await history.dispatch();
        if (what === "sends") await history.send();
        for (const deed of deeds) await deed(history);
        if (returns) await history.leaveOrReturn(true);
        if (returns) await history.leaveOrReturn(true);
        await history.send();
      },
  );
const work: fc.Arbitrary<Deed> = fc.oneof(
  fc.constant<Deed>((history) => history.dispatch()),
  fc.constant<Deed>((history) => history.send()),
  fc.constant<Deed>((history) => history.plan()),
  // It dies before the row moves.
  fc.constant<Deed>((history) => history.dispatch(() => Promise.reject(new Error("died")))),
  // Something else happens before the row moves.
  change.map(
    (deed): Deed =>
      (history) =>
        history.dispatch(async () => void (await deed(history))),
  ),
);
const days: fc.Arbitrary<Deed> = fc
  .tuple(fc.integer({ min: 1, max: 10 }), fc.array(show, { maxLength: 3 }))
  .map(
    ([count, shown]): Deed =>
      async (history) => {
        for (let half = 0; half < 2 * count; half++) {
          for (const deed of shown) await deed(history);
          history.pass(12 * 60);
          await history.plan();
          await history.dispatch();
          await history.send();
        }
      },
  );
const histories = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: show },
    { weight: 3, arbitrary: time },
    { weight: 3, arbitrary: work },
    { weight: 2, arbitrary: change },
    { weight: 2, arbitrary: days },
    { weight: 2, arbitrary: due },
  ),
  { minLength: 10, maxLength: 80 },
);

describe("an item", () => {
  it("never comes twice to one person, over random histories of polls, edits, choices and crashes", async () => {
    let digests = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (deeds) => {
        const history = readerHistory();
        await history.join();
        for (const deed of deeds) await deed(history);
        await history.send();
        digests += history.mailings().length;
        expect(history.seen.filter((link, index) => history.seen.indexOf(link) !== index)).toEqual([]);
      }),
      { numRuns: 300, endOnFailure: true },
    );
    expect(digests).toBeGreaterThan(200);
  }, 120_000);

  it("keeps its own address where its feed gives it that of another", async () => {
    const history = readerHistory();
    await history.join();
    const shown = { title: "News", topic: "coding", score: 0 } as const;
    await history.show(1, { ...shown, guid: "a", link: "https://news.example/1" });
    await history.show(1, { ...shown, link: "https://news.example/2" });
    await history.show(1, { ...shown, guid: "a", link: "https://news.example/2" });
    history.passToDue(0);
    await history.dispatch();
    await history.send();
    expect(history.seen.toSorted()).toEqual(["https://news.example/1", "https://news.example/2"]);
  });

  it("that came on a Monday does not come again to who moves to where it is still Sunday, and returns", async () => {
    const history = readerHistory();
    await history.set({ zone: "Pacific/Kiritimati", digestEvery: "month" }, true);
    await history.join();
    await history.show(1, { link: "https://news.example/1", title: "News", topic: "coding", score: 0 });
    history.passToDue(0);
    await history.dispatch();
    await history.send();
    expect(history.mailings()).toEqual(["digest_2027-W14-5"]);
    await history.leaveOrReturn(true);
    await history.set({ zone: "Pacific/Pago_Pago", digestEvery: "week" }, true);
    await history.leaveOrReturn(true);
    expect(history.row()).toMatchObject({ run: 2, edition: "2027-W15" });
  });

  it("whose packet was written before the row could move does not come again by another choice", async () => {
    const history = readerHistory();
    await history.join();
    await history.show(1, { link: "https://news.example/1", title: "News", topic: "coding", score: 0 });
    history.passToDue(0);
    await history.dispatch(() => Promise.reject(new Error("died")));
    await history.set({ digestEvery: "month" }, true);
    expect(history.row()).toMatchObject({ edition: "2027-W10" });
    await history.dispatch();
    await history.send();
    await history.plan();
    expect(history.row()).toMatchObject({ since: "2027-W11", edition: "2027-W14" });
    expect(history.mailings()).toEqual(["digest_2027-W10"]);
  });

  it("in a digest that is moved on by the choice of before is planned by the new one a minute later", async () => {
    const history = readerHistory();
    await history.join();
    await history.show(1, { link: "https://news.example/1", title: "News", topic: "coding", score: 0 });
    history.passToDue(0);
    await history.dispatch(() => history.set({ digestEvery: "month" }, true));
    expect(history.row()).toMatchObject({ edition: "2027-W11" });
    await history.plan();
    expect(history.row()).toMatchObject({ since: "2027-W11", edition: "2027-W14" });
  });
});
