import { describe, expect, it, vi } from "vitest";
import { calendarClock } from "../../local/clock.ts";
import { followSpeed } from "../../local/follow-speed.ts";
import type { RunUntil } from "../../local/stepper.ts";

describe("a fast calendar", () => {
  it("goes on through all that is due, never by more than a second's worth at once", async () => {
    const clock = calendarClock({ startAt: "2027-03-13T09:00:00.000Z", speed: 86_400 });
    const jumps: number[] = [];
    const runUntil: RunUntil = async (until) => {
      jumps.push(Date.parse(until) - Date.parse(clock.now()));
      clock.jumpTo(until);
    };
    const stop = followSpeed(clock, runUntil, () => {});
    await vi.waitFor(() => expect(jumps.length).toBeGreaterThan(2), { timeout: 5000 });
    await stop();
    for (const jump of jumps) expect(jump).toBeLessThanOrEqual(86_400_000);
    const { length } = jumps;
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(jumps).toHaveLength(length);
  });

  it("looks for nothing within a minute", async () => {
    const clock = calendarClock({ startAt: "2027-03-13T09:00:00.000Z", speed: 1 });
    const runUntil = vi.fn<RunUntil>();
    const stop = followSpeed(clock, runUntil, () => {});
    await vi.waitFor(() => expect(clock.now() > "2027-03-13T09:00:00.300Z").toBe(true), { timeout: 5000 });
    await stop();
    expect(runUntil).not.toHaveBeenCalled();
  });

  it("waits for the step under way when it is stopped", async () => {
    const clock = calendarClock({ startAt: "2027-03-13T09:00:00.000Z", speed: 86_400 });
    const work = Promise.withResolvers<void>();
    const runUntil = vi.fn<RunUntil>(() => work.promise);
    const stop = followSpeed(clock, runUntil, () => {});
    await vi.waitFor(() => expect(runUntil).toHaveBeenCalled(), { timeout: 5000 });
    const stopped = vi.fn();
    const stopping = stop().then(stopped);
    expect(runUntil.mock.lastCall?.[2]?.aborted).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).not.toHaveBeenCalled();
    work.resolve();
    await stopping;
  });

  it("goes on after a step that failed, and reports it", async () => {
    const clock = calendarClock({ startAt: "2027-03-13T09:00:00.000Z", speed: 86_400 });
    const reported: unknown[] = [];
    const stop = followSpeed(
      clock,
      () => Promise.reject(new Error("no")),
      (error) => reported.push(error),
    );
    await vi.waitFor(() => expect(reported.length).toBeGreaterThan(1), { timeout: 5000 });
    await stop();
  });
});
