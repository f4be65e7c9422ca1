import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginStop, probeStop, waitUntil } from "../../../core/account/stop.ts";
import { addMinutes, toMilliseconds } from "../../../core/time/instant.ts";

const began = "2027-03-01T12:00:00.000Z";

describe("a stop", () => {
  it("is always probed again: each wait is at least five minutes and at most an hour", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(90), { maxLength: 30 }), (delays) => {
        let stop = beginStop({ cause: "setup", code: "x" }, began);
        for (const delay of delays) {
          const now = addMinutes(stop.probeAt, delay);
          expect(waitUntil(stop, now) <= now).toBe(true);
          const next = probeStop(stop, now);
          const waits = (toMilliseconds(next.probeAt) - toMilliseconds(now)) / 60_000;
          expect(waits).toBeGreaterThanOrEqual(5);
          expect(waits).toBeLessThanOrEqual(60);
          expect(next.since).toBe(began);
          expect(waitUntil(next, now)).toBe(addMinutes(now, 2));
          expect(waitUntil(next, addMinutes(now, 2))).toBe(next.probeAt);
          stop = next;
        }
      }),
    );
  });
});
