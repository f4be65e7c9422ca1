import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDue, nextPoll, type PollAdvice } from "../../../core/feed/schedule-poll.ts";
import { toMilliseconds } from "../../../core/time/instant.ts";

const now = "2027-03-01T12:00:00.000Z";
const day = 1_440;
const source = (everyMinutes: number) => ({
  id: "f",
  title: "F",
  url: "https://f.example/",
  topic: "coding" as const,
  everyMinutes,
});

describe("the next poll", () => {
  it.each([
    [60, 0, "2027-03-01T13:00:00.000Z"],
    [15, 0, "2027-03-01T12:15:00.000Z"],
    [20, 0, "2027-03-01T12:30:00.000Z"],
    [1, 0, "2027-03-01T12:15:00.000Z"],
    [60, 1, "2027-03-01T14:00:00.000Z"],
    [60, 3, "2027-03-01T20:00:00.000Z"],
    [60, 5, "2027-03-02T12:00:00.000Z"],
    [60, 5_000, "2027-03-02T12:00:00.000Z"],
    [2_880, 4, "2027-03-03T12:00:00.000Z"],
  ])("every %i minutes, after %i failures, is at %s", (everyMinutes, failures, at) => {
    expect(nextPoll(source(everyMinutes), { failures }, now)).toBe(at);
  });

  it.each<[Omit<PollAdvice, "failures">, string]>([
    [{ ttlMinutes: 180 }, "2027-03-01T15:00:00.000Z"],
    [{ freshMinutes: 30 }, "2027-03-01T13:00:00.000Z"],
    [{ freshMinutes: 90 * day }, "2027-03-02T12:00:00.000Z"],
    [{ retryAfterMinutes: 3 * day }, "2027-03-04T12:00:00.000Z"],
    [{ retryAfterMinutes: 90 * day }, "2027-03-08T12:00:00.000Z"],
    [{ refused: true }, "2027-03-02T12:00:00.000Z"],
  ])("of a feed that says %j is at %s", (advice, at) => {
    expect(nextPoll(source(60), { failures: 0, ...advice }, now)).toBe(at);
  });

  it("is never before its interval is over, and never more than a week after that", () => {
    const minutes = fc.nat(100_000);
    const advice = fc.record(
      { failures: fc.nat(50), ttlMinutes: minutes, freshMinutes: minutes, retryAfterMinutes: minutes },
      { requiredKeys: ["failures"] },
    );
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 3_000 }), advice, (everyMinutes, advice) => {
        const waited =
          (toMilliseconds(nextPoll(source(everyMinutes), advice, now)) - toMilliseconds(now)) / 60_000;
        expect(waited).toBeGreaterThanOrEqual(everyMinutes);
        expect(waited).toBeLessThanOrEqual(everyMinutes + 7 * day + 15);
      }),
    );
  });

  it("is in time for the tick, though a message took its while", () => {
    expect(nextPoll(source(15), { failures: 0 }, "2027-03-01T12:04:10.000Z")).toBe(
      "2027-03-01T12:15:00.000Z",
    );
  });

  it("is at once for a feed that was never polled, or not at this address", () => {
    expect(isDue(undefined, source(60), now)).toBe(true);
    const state = { feedId: "a", url: source(60).url, lastPolledAt: now, failures: 0, health: "ok" as const };
    const later = { ...state, nextPollAt: "2027-03-09T00:00:00.000Z" };
    expect(isDue(later, source(60), now)).toBe(false);
    expect(isDue({ ...later, url: "https://old.example/" }, source(60), now)).toBe(true);
  });
});
