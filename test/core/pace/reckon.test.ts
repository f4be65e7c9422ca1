import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graceMs } from "../../../core/pace/pace-ports.ts";
import { lengthMs, mostRecipients } from "../../../core/pace/reckon.ts";

/** What the workers' clocks may differ by, beside being late. */
const skewMs = 8;
const quotas = fc.oneof(
  fc.constantFrom(1, 2, 10, 13, 14, 15, 28, 29, 50, 200, 500, 1000, 5000),
  fc.integer({ min: 1, max: 3000 }),
  fc.double({ min: 0.1, max: 60, noNaN: true }),
);
/** A call of part of what it may carry, that much too late; and how long after its turn somebody asked. */
const calls = fc.array(
  fc.record({
    share: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
    lateMs: fc.oneof(
      fc.constantFrom(0, graceMs + skewMs),
      fc.double({ min: 0, max: graceMs + skewMs, noNaN: true }),
    ),
    idleMs: fc.oneof({ weight: 20, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 3000 })),
  }),
  { minLength: 1, maxLength: 400, size: "max" },
);

interface Made {
  at: number;
  recipients: number;
}

function busiestSecond(made: Made[]): number {
  const inOrder = made.toSorted((one, other) => one.at - other.at);
  let busiest = 0;
  let sum = 0;
  let first = 0;
  for (const { at, recipients } of inOrder) {
    sum += recipients;
    for (; at - (inOrder[first]?.at ?? at) >= 1000; first += 1) sum -= inOrder[first]?.recipients ?? 0;
    busiest = Math.max(busiest, sum);
  }
  return busiest;
}

describe("the reckoning of the pace", () => {
  it.each([
    [1, 1, 1136.364],
    [14, 1, 81.169],
    [50, 3, 68.182],
    [200, 14, 79.546],
    [500, 35, 79.546],
    [1000, 50, 56.819],
  ])("with a quota of %i a second lets a call carry %i, for %f ms", (perSecond, most, length) => {
    expect(mostRecipients(perSecond)).toBe(most);
    expect(lengthMs(most, perSecond)).toBe(length);
  });

  it("never has more recipients in any second than the quota, however late its calls are within the grace", () => {
    fc.assert(
      fc.property(quotas, calls, (perSecond, wanted) => {
        let free = 1_800_000_000_000;
        const made = wanted.map(({ share, lateMs, idleMs }): Made => {
          const recipients = Math.max(1, Math.round(share * mostRecipients(perSecond)));
          const begins = free + idleMs;
          free = begins + lengthMs(recipients, perSecond);
          return { at: begins + lateMs, recipients };
        });
        // Less than one recipient a second is still one at a time.
        expect(busiestSecond(made)).toBeLessThanOrEqual(Math.max(perSecond, 1));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([1, 2, 13, 14, 50, 200, 500, 1000])(
    "with a quota of %i stands the worst case: the first call as late as can be, then all in time",
    (perSecond) => {
      for (let recipients = 1; recipients <= mostRecipients(perSecond); recipients += 1) {
        const length = lengthMs(recipients, perSecond);
        const first = { at: graceMs + skewMs, recipients };
        const inTime = Array.from({ length: 2000 }, (_, nth) => ({ at: (nth + 1) * length, recipients }));
        expect(busiestSecond([first, ...inTime])).toBeLessThanOrEqual(perSecond);
      }
    },
  );

  it("gives away at least 85 % of a whole quota while work waits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 50 }), (perSecond, wanted) => {
        const recipients = Math.min(wanted, mostRecipients(perSecond));
        const used = recipients / (lengthMs(recipients, perSecond) / 1000) / perSecond;
        expect(used).toBeGreaterThanOrEqual(0.85);
        expect(used).toBeLessThanOrEqual(0.88 + 1e-9);
      }),
    );
  });

  it("lets a call carry at most 50 and at most a second's worth", () => {
    fc.assert(
      fc.property(quotas, (perSecond) => {
        expect(mostRecipients(perSecond)).toBeLessThanOrEqual(Math.min(50, Math.max(perSecond, 1)));
        expect(mostRecipients(perSecond)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
