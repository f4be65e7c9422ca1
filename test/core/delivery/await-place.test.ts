import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awaitPlace } from "../../../core/delivery/await-place.ts";
import { graceMs, type Pace } from "../../../core/pace/pace-ports.ts";

/** A world in which only sleeping, by some more than was asked for, and asking take time. */
function world(places: ({ granted: number; at: number } | { laterMs: number })[], slowMs: number[]) {
  let elapsed = 1000;
  const asked: number[] = [];
  const pass = () => {
    elapsed += slowMs.shift() ?? 0;
  };
  const pace: Pace = {
    async reserve(_, count) {
      asked.push(count);
      pass();
      return places.shift() ?? { granted: count, at: elapsed };
    },
  };
  const clock = {
    now: () => "2027-03-01T12:00:00.000Z",
    elapsed: () => elapsed,
    async sleep(milliseconds: number) {
      elapsed += milliseconds;
      pass();
    },
  };
  return { deps: { pace, clock }, asked, elapsed: () => elapsed };
}

describe("waiting for a place", () => {
  it("lets a call go at its place, not before", async () => {
    const { deps, asked, elapsed } = world([], []);
    expect(await awaitPlace(deps, "bulk", 7, 3000, 9000)).toEqual({ granted: 7 });
    expect(elapsed()).toBe(3000);
    expect(asked).toEqual([]);
  });

  it("asks again once the place has gone by, and takes what is granted then", async () => {
    const { deps, asked, elapsed } = world([{ granted: 2, at: 1500 }], []);
    expect(await awaitPlace(deps, "bulk", 7, 1000 - graceMs - 1, 9000)).toEqual({ granted: 2 });
    expect(asked).toEqual([7]);
    expect(elapsed()).toBe(1500);
  });

  it("gives up when there is none for long, or only one after the last call that may begin", async () => {
    expect(await awaitPlace(world([{ laterMs: 6000 }], []).deps, "now", 1, 0, 9000)).toEqual({
      laterMs: 6000,
    });
    expect(await awaitPlace(world([], []).deps, "now", 1, 9001, 9000)).toEqual({ laterMs: 0 });
    expect(await awaitPlace(world([], []).deps, "now", 1, 900, 900)).toEqual({ laterMs: 0 });
  });

  it("gives up when it slept past the last call that may begin, be it within the grace", async () => {
    expect(await awaitPlace(world([], [graceMs]).deps, "now", 1, 9000, 9000)).toEqual({ laterMs: 0 });
  });

  it("never lets a call go later than its grace after its place, or after the last call that may begin", async () => {
    const places = fc.array(fc.record({ granted: fc.integer({ min: 1, max: 50 }), at: fc.nat(60_000) }));
    await fc.assert(
      fc.asyncProperty(places, fc.array(fc.nat(200)), fc.nat(60_000), async (later, slowMs, at) => {
        const known = [at, ...later.map((place) => place.at)];
        const { deps, asked, elapsed } = world(later, slowMs);
        const answer = await awaitPlace(deps, "bulk", 20, at, 41_000);
        if ("laterMs" in answer) return;
        expect(elapsed()).toBeLessThanOrEqual(41_000);
        const place = known[asked.length];
        if (place !== undefined) {
          expect(elapsed()).toBeGreaterThanOrEqual(place);
          expect(elapsed()).toBeLessThanOrEqual(place + graceMs);
        }
      }),
    );
  });
});
