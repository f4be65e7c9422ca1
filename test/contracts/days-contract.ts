import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DailySlots } from "../../core/day/day-ports.ts";
import type { UnderTest } from "./under-test.ts";

/** What the days of readers do, whatever keeps them. */
export function daysContract(name: string, start: () => Promise<UnderTest<DailySlots>>): void {
  describe(`days, ${name}`, () => {
    let slots: DailySlots;
    let under: UnderTest<DailySlots>;
    beforeAll(async () => {
      under = await start();
      slots = under.port;
    });
    afterAll(() => under.stop?.());

    const day = (subscriberId: string, date = "2027-03-01") => ({ subscriberId, date });

    it("are free until somebody takes them, each of a reader on its own", async () => {
      const days = [day("sub_1"), day("sub_2"), day("sub_1", "2027-03-02")];
      expect(await slots.holders(days)).toEqual([undefined, undefined, undefined]);
      expect(await slots.takeMany("digest_2027-W10", days.slice(0, 1))).toEqual([true]);
      expect(await slots.holders(days)).toEqual(["digest_2027-W10", undefined, undefined]);
      expect(await slots.takeMany("campaign_news", days)).toEqual([false, true, true]);
      expect(await slots.holders(days)).toEqual(["digest_2027-W10", "campaign_news", "campaign_news"]);
    });

    it("taken again by the same mailing are its own still", async () => {
      const days = Array.from({ length: 60 }, (_, n) => day(`sub_a${n}`));
      await slots.takeMany("digest_2027-W10", days.slice(0, 30));
      expect(await slots.takeMany("digest_2027-W10", days)).toEqual(days.map(() => true));
      expect(await slots.takeMany("campaign_news", days)).toEqual(days.map(() => false));
      expect(await slots.holders(days)).toEqual(days.map(() => "digest_2027-W10"));
    });

    it("belong to one of many", async () => {
      const mailings = Array.from({ length: 8 }, (_, n) => `campaign_c${n}`);
      const taken = await Promise.all(mailings.map((mailing) => slots.takeMany(mailing, [day("sub_b")])));
      expect(taken.flat().filter(Boolean)).toHaveLength(1);
      expect(await slots.holders([day("sub_b")])).toEqual([mailings[taken.findIndex(([won]) => won)]]);
    });
  });
}
