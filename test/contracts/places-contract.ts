import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Places } from "../../core/pace/pace-ports.ts";
import type { UnderTest } from "./under-test.ts";

/** Two workers at one row: each may remember something of its own. */
export interface PlacesOfTwo {
  one: Places;
  other: Places;
}

/** What places in the account's rate do, whatever keeps them. They begin without a row. */
export function placesContract(name: string, start: () => Promise<UnderTest<PlacesOfTwo>>): void {
  describe(`places, ${name}`, () => {
    let one: Places;
    let other: Places;
    let under: UnderTest<PlacesOfTwo>;
    let now = 1_803_643_200_000.25;
    beforeAll(async () => {
      under = await start();
      ({ one, other } = under.port);
    });
    afterAll(() => under.stop?.());
    beforeEach(() => {
      // Each case begins when all that the one before gave away is long over.
      now += 3_600_000;
    });

    it("are given from now on if nobody has the rate, and one behind the other if somebody has", async () => {
      expect(await one.take(now, 100, 0)).toEqual({ at: now });
      expect(await other.take(now + 1, 50, 200)).toEqual({ at: now + 100 });
      expect(await one.take(now + 2, 50.5, 200)).toEqual({ at: now + 150 });
      expect(await other.take(now + 3, 10, 200)).toEqual({ at: now + 200.5 });
    });

    it("begin at the latest when they were asked to; else nothing is taken", async () => {
      await one.take(now, 200, 0);
      for (const places of [one, other, one])
        expect(await places.take(now, 10, 199)).toEqual({ freeAt: now + 200 });
      expect(await other.take(now, 10, 200)).toEqual({ at: now + 200 });
      expect(await one.take(now, 10, 200)).toEqual({ freeAt: now + 210 });
      expect(await one.take(now + 10, 10, 200)).toEqual({ at: now + 210 });
    });

    it("that nobody wanted are lost", async () => {
      await one.take(now, 100, 0);
      expect(await other.take(now + 99, 10, 0)).toEqual({ freeAt: now + 100 });
      expect(await other.take(now + 100, 10, 0)).toEqual({ at: now + 100 });
      expect(await one.take(now + 5_000, 10, 200)).toEqual({ at: now + 5_000 });
      expect(await other.take(now + 5_000, 10, 200)).toEqual({ at: now + 5_010 });
    });

    it("are nobody else's, however many ask at once", async () => {
      const asked = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? one : other).take(now, 10, 1_000));
      const given = (await Promise.all(asked)).map((place) => ("at" in place ? place.at : Number.NaN));
      expect(given.toSorted((a, b) => a - b)).toEqual([0, 10, 20, 30, 40, 50, 60, 70].map((ms) => now + ms));
    });

    it("are not given twice to a worker whose clock is behind", async () => {
      await one.take(now, 100, 0);
      expect(await other.take(now - 150, 10, 200)).toEqual({ freeAt: now + 100 });
      expect(await other.take(now - 50, 10, 200)).toEqual({ at: now + 100 });
    });

    it("are given from now on if a clock that went wrong gave away more than a minute", async () => {
      await one.take(now, 60_000, 0);
      for (const places of [one, other])
        expect(await places.take(now, 10, 5_000)).toEqual({ freeAt: now + 60_000 });
      expect(await other.take(now - 1, 10, 5_000)).toEqual({ at: now - 1 });
      expect(await one.take(now - 1, 10, 5_000)).toEqual({ at: now + 9 });
      await one.take(now + 5_000, 60_001, 0);
      expect(await one.take(now + 5_000, 10, 200)).toEqual({ at: now + 5_000 });
      expect(await other.take(now + 5_000, 10, 200)).toEqual({ at: now + 5_010 });
    });
  });
}
