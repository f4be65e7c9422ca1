import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Digests } from "../../core/digest/digest-ports.ts";
import type { DigestSubscription } from "../../core/digest/digest-subscription.ts";
import type { DigestStandings } from "../../core/explain/explain-ports.ts";
import { idsOfOneShard } from "./one-shard.ts";
import type { UnderTest } from "./under-test.ts";

const dueAt = "2027-03-08T14:00:00.000Z";
const next = { edition: "2027-W11", dueAt: "2027-03-15T13:00:00.000Z" };
const stop = { stopped: true, since: "2027-W11" } as const;
const later = "2027-12-01T09:00:00.000Z";

/** What subscriptions of the digest do, whatever keeps them. */
export function digestsContract(
  name: string,
  start: () => Promise<UnderTest<Digests & DigestStandings>>,
): void {
  describe(`digests, ${name}`, () => {
    let digests: Digests & DigestStandings;
    let under: UnderTest<Digests & DigestStandings>;
    beforeAll(async () => {
      under = await start();
      digests = under.port;
    });
    afterAll(() => under.stop?.());

    let count = 0;
    const reader = (changes: Partial<DigestSubscription> = {}): DigestSubscription => ({
      subscriberId: `sub_${++count}`,
      run: 2,
      edition: "2027-W10",
      dueAt,
      ...changes,
    });
    async function begun(changes: Partial<DigestSubscription> = {}): Promise<DigestSubscription> {
      const subscription = reader(changes);
      expect(await digests.start(subscription)).toBe(true);
      return subscription;
    }
    const due = async (of: DigestSubscription, now = later) =>
      (await digests.due(now, 1000)).filter(({ subscriberId }) => subscriberId === of.subscriberId);

    it("start a run once, by one of many, and a later one over it", async () => {
      const first = reader();
      const started = await Promise.all([1, 2, 3].map(() => digests.start(first)));
      expect(started.filter(Boolean)).toHaveLength(1);
      for (const run of [1, 2]) expect(await digests.start({ ...first, run, ...next })).toBe(false);
      expect(await due(first)).toEqual([first]);
      expect(await digests.start({ ...first, run: 3, ...next })).toBe(true);
      expect(await due(first)).toEqual([{ ...first, run: 3, ...next }]);
    });

    it("are due from their instant on", async () => {
      const first = await begun();
      expect(await due(first, "2027-03-08T13:59:59.999Z")).toEqual([]);
      expect(await due(first, dueAt)).toEqual([first]);
    });

    it("advance once from what was read", async () => {
      const first = await begun();
      const moved = await Promise.all([1, 2, 3].map(() => digests.advance(first, next)));
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await due(first, dueAt)).toEqual([]);
      expect(await due(first)).toEqual([{ ...first, ...next }]);
    });

    it("say from which edition on, where they hold more than one, on every way", async () => {
      const first = await begun({ since: "2027-W08" });
      expect(await due(first)).toEqual([first]);
      const month = { since: "2027-W11", edition: "2027-W14", dueAt: "2027-04-05T13:00:00.000Z" };
      expect(await digests.advance(first, month)).toBe(true);
      expect(await due(first)).toEqual([{ ...first, ...month }]);
      expect(await digests.advance({ ...first, ...month }, next)).toBe(true);
      const { since: _, ...plain } = first;
      expect(await due(first)).toEqual([{ ...plain, ...next }]);
      expect(await digests.load(first.subscriberId)).toEqual({ run: 2, ...next });
    });

    it.each<Partial<DigestSubscription>>([
      { run: 1 },
      { run: 3 },
      { edition: next.edition },
      { dueAt: next.dueAt },
    ])("neither advance nor stop for whoever read %o", async (other) => {
      const first = await begun();
      expect(await digests.advance({ ...first, ...other }, next)).toBe(false);
      expect(await digests.advance({ ...first, ...other }, stop)).toBe(false);
      expect(await due(first)).toEqual([first]);
    });

    it("that stop are due no more, and begin again with their run or a later one", async () => {
      const first = await begun();
      expect(await digests.advance(first, stop)).toBe(true);
      expect(await digests.advance(first, stop)).toBe(false);
      expect(await digests.advance(first, next)).toBe(false);
      expect(await due(first)).toEqual([]);
      expect(await digests.load(first.subscriberId)).toEqual({ run: 2, since: "2027-W11" });
      expect(await digests.start({ ...first, run: 1 })).toBe(false);
      expect(await due(first)).toEqual([]);
      const again = { ...first, ...next };
      const started = await Promise.all([1, 2, 3].map(() => digests.start(again)));
      expect(started.filter(Boolean)).toHaveLength(1);
      expect(await due(first)).toEqual([again]);
      expect(await digests.advance(again, stop)).toBe(true);
      expect(await digests.start({ ...first, run: 3 })).toBe(true);
      expect(await due(first)).toEqual([{ ...first, run: 3 }]);
    });

    it("of nobody are not made by a move", async () => {
      const nobody = reader({ run: 1 });
      expect(await digests.advance(nobody, next)).toBe(false);
      expect(await digests.advance(nobody, stop)).toBe(false);
      expect(await due(nobody)).toEqual([]);
      expect(await digests.load(nobody.subscriberId)).toBeUndefined();
      expect(await digests.start(nobody)).toBe(true);
    });

    it("are due by age within a shard, each shard with its share of the limit", async () => {
      const [second = "", third = "", first = ""] = idsOfOneShard("digest", "sub_old", 3);
      const day = (n: number) => `2026-01-0${n}T00:00:00.000Z`;
      await begun({ subscriberId: second, dueAt: day(2) });
      await begun({ subscriberId: third, dueAt: day(3) });
      await begun({ subscriberId: first, dueAt: day(1) });
      const ids = async (limit: number) =>
        (await digests.due(day(3), limit)).map(({ subscriberId }) => subscriberId);
      expect(await ids(1000)).toEqual([first, second, third]);
      expect(await ids(5)).toEqual([first, second]);
      expect(await ids(1)).toEqual([first]);
    });
  });
}
