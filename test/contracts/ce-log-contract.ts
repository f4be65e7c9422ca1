import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CeEntry } from "../../core/ce/ce-entry.ts";
import type { CeLog } from "../../core/ce/ce-ports.ts";
import type { UnderTest } from "./under-test.ts";

/** What the log of hours does, whatever keeps it. */
export function ceLogContract(name: string, start: () => Promise<UnderTest<CeLog>>): void {
  describe(`hours of continuing education, ${name}`, () => {
    let log: CeLog;
    let under: UnderTest<CeLog>;
    beforeAll(async () => {
      under = await start();
      log = under.port;
    });
    afterAll(() => under.stop?.());

    let count = 0;
    const webinar = (changes: Partial<CeEntry> = {}): CeEntry => ({
      subscriberId: `sub_${++count}`,
      id: "abc",
      hours: 1.25,
      activity: "Webinar",
      category: "own",
      day: "2027-03-01",
      loggedAt: "2027-03-01T12:00:00.000Z",
      ...changes,
    });

    it("are kept once, by one of many", async () => {
      const entry = webinar();
      const tries = await Promise.all([1, 2, 3].map((hours) => log.add({ ...entry, hours })));
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect(await log.of(entry.subscriberId)).toHaveLength(1);
    });

    it("are listed whole, for their reader alone, by id", async () => {
      const [b, a] = [webinar({ id: "b" }), webinar({ id: "a", credential: "rhit", category: "other" })];
      const mine = [a, b].map((entry) => ({ ...entry, subscriberId: b.subscriberId }));
      for (const entry of mine.toReversed()) await log.add(entry);
      await log.add(webinar({ subscriberId: `${b.subscriberId}0` }));
      expect(await log.of(b.subscriberId)).toEqual(mine);
      expect(await log.of("sub_nobody")).toEqual([]);
    });

    it("keep the body that they come from", async () => {
      const entry = webinar({ category: "own:AHIMA" });
      await log.add(entry);
      expect(await log.of(entry.subscriberId)).toEqual([entry]);
    });

    it("that are removed are gone, twice too, and no others", async () => {
      const [one, other] = [webinar(), webinar({ id: "other" })];
      await log.add(one);
      await log.add({ ...other, subscriberId: one.subscriberId });
      for (const _ of [1, 2]) await log.remove(one.subscriberId, one.id);
      expect((await log.of(one.subscriberId)).map(({ id }) => id)).toEqual(["other"]);
      expect(await log.add(one)).toBe(true);
    });
  });
}
