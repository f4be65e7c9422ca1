import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mischief, seededChances } from "../../local/mischief.ts";

describe("mischief", () => {
  it("loses nothing, delivers nothing more than twice, and never more at once than allowed", () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 50 });
    fc.assert(
      fc.property(arrivals, fc.constantFrom(0, 0.01, 0.3, 0.5, 0.7, 1), fc.string(), (sizes, share, seed) => {
        const { batches, received } = play(share, seed, sizes);
        const times = new Map<number, number>();
        for (const item of batches.flat()) times.set(item, (times.get(item) ?? 0) + 1);
        expect([...times.keys()].sort((a, b) => a - b)).toEqual(received);
        for (const count of times.values()) expect(count).toBeLessThanOrEqual(2);
        for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(4);
      }),
    );
  });

  it("does nothing at a share of 0", () => {
    expect(play(0, "any", [3, 4, 1]).batches.filter((batch) => batch.length > 0)).toEqual([
      [0, 1, 2],
      [3, 4, 5, 6],
      [7],
    ]);
  });

  it("delivers about as many twice as it is told, and some out of order", () => {
    const { batches } = play(0.01, "stepletter", Array(10_000).fill(1));
    const twice = batches.flat().length - 10_000;
    expect(twice).toBeGreaterThan(50);
    expect(twice).toBeLessThan(200);
    const firsts = [...new Set(batches.flat())];
    expect(firsts).not.toEqual(firsts.toSorted((a, b) => a - b));
  });

  it("is the same for the same seed, and another for another", () => {
    const sizes = Array(1000).fill(2);
    expect(play(0.1, "one", sizes)).toEqual(play(0.1, "one", sizes));
    expect(play(0.1, "two", sizes)).not.toEqual(play(0.1, "one", sizes));
  });
});

describe("seeded chances", () => {
  it("are spread evenly over [0, 1)", () => {
    const chance = seededChances("any");
    const tenths = Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) {
      const tenth = Math.floor(chance() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

/** Feeds it numbers in groups of the given sizes, and then nothing until it holds nothing back. */
function play(share: number, seed: string, sizes: number[]) {
  const tricks = mischief<number>(share, seed);
  const batches: number[][] = [];
  let next = 0;
  for (const size of sizes) {
    const group = Array.from({ length: size }, () => next++);
    batches.push(tricks.arrange(group, 4));
  }
  while (tricks.held() > 0) batches.push(tricks.arrange([], 4));
  return { batches, received: Array.from({ length: next }, (_, item) => item) };
}
