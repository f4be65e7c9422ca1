import { describe, expect, it } from "vitest";
import { addDays, addMinutes, type Instant } from "../../core/time/instant.ts";
import { calendarClock } from "../../local/clock.ts";
import type { NextDue } from "../../local/next-due.ts";
import { stepper } from "../../local/stepper.ts";

const start = "2027-03-13T09:00:00.000Z";

describe("stepped time", () => {
  it("stops at the minute at which something is due, and at its end, and nowhere else", async () => {
    const world = setUp({ a: "2027-03-14T10:00:30.000Z", b: "2027-03-20T10:00:00.000Z" });
    await world.runUntil("2027-04-01T00:00:00.000Z");
    expect(world.stops).toEqual([
      "2027-03-14T10:01:00.000Z",
      "2027-03-20T10:00:00.000Z",
      "2027-04-01T00:00:00.000Z",
    ]);
    expect(world.clock.now()).toBe("2027-04-01T00:00:00.000Z");
  });

  it("does not pass its end", async () => {
    const world = setUp({ a: "2027-03-14T10:00:30.000Z" });
    await world.runUntil("2027-03-14T10:00:45.000Z");
    expect(world.stops).toEqual(["2027-03-14T10:00:45.000Z"]);
  });

  it("goes on with what a run has made due", async () => {
    const world = setUp({ a: "2027-03-14T10:00:00.000Z" }, (now, rows) => {
      for (const [key, at] of rows) if (at <= now) rows.set(key, addDays(at, 7));
    });
    await world.runUntil("2027-03-29T00:00:00.000Z");
    expect(world.stops.map((stop) => stop.slice(0, 10))).toEqual([
      "2027-03-14",
      "2027-03-21",
      "2027-03-28",
      "2027-03-29",
    ]);
  });

  it("runs what is overdue at the next minute", async () => {
    const world = setUp({ a: "2027-03-01T00:00:00.000Z" });
    await world.runUntil("2027-03-13T12:00:00.000Z");
    expect(world.stops).toEqual([addMinutes(start, 1), "2027-03-13T12:00:00.000Z"]);
  });

  it("stops where a schedule fires that is more than a tick", async () => {
    const world = setUp({}, undefined, {
      beyondTicks: ["2027-03-15T09:00:00.000Z", "2027-03-22T09:00:00.000Z"],
    });
    await world.runUntil("2027-03-23T00:00:00.000Z");
    expect(world.stops).toEqual([
      "2027-03-15T09:00:00.000Z",
      "2027-03-22T09:00:00.000Z",
      "2027-03-23T00:00:00.000Z",
    ]);
  });

  it("gives a row that stays due a few more minutes, and then lets time pass", async () => {
    const world = setUp(
      { stuck: "2027-03-13T08:00:00.000Z", other: "2027-03-20T10:00:00.000Z" },
      (now, rows) => {
        if ((rows.get("other") ?? now) <= now) rows.delete("other");
      },
    );
    await world.runUntil("2027-04-01T00:00:00.000Z");
    expect(world.stops.slice(-2)).toEqual(["2027-03-20T10:00:00.000Z", "2027-04-01T00:00:00.000Z"]);
    expect(world.stops.length).toBeLessThan(10);
  });

  it("does not let calendar time pass while a worker holds what is due", async () => {
    const looks: Instant[] = [];
    const world = setUp({ held: "2027-03-14T10:00:00.000Z" }, undefined, {
      leaseUntil: 5,
      onLook: (now) => looks.push(now),
    });
    await world.runUntil("2027-03-15T00:00:00.000Z");
    expect(looks.filter((now) => now === start).length).toBeGreaterThan(1);
    expect(world.stops).toEqual(["2027-03-14T10:00:00.000Z", "2027-03-15T00:00:00.000Z"]);
  });

  it("ends early when it is told to, though a worker holds what is due", async () => {
    const stop = new AbortController();
    const world = setUp({ held: "2027-03-14T10:00:00.000Z" }, undefined, {
      leaseUntil: Number.POSITIVE_INFINITY,
      onLook: () => stop.abort(),
    });
    await world.runUntil("2027-03-15T00:00:00.000Z", undefined, stop.signal);
    expect(world.stops).toEqual([]);
  });

  it("is idle before each jump, and tells of each step", async () => {
    const world = setUp({ a: "2027-03-14T10:00:00.000Z" });
    const told: Instant[] = [];
    await world.runUntil("2027-03-15T00:00:00.000Z", (now) => {
      told.push(now);
    });
    expect(told).toEqual(world.stops);
    expect(world.log).toEqual(["idle", "run", "idle", "run", "idle"]);
  });

  it("does nothing where the calendar stands already", async () => {
    const world = setUp({ a: "2027-03-01T00:00:00.000Z" });
    await world.runUntil(start);
    expect(world.log).toEqual(["idle"]);
  });
});

/** Rows by key with their due date, and what a run of the schedules makes of them: by default it deletes those due. */
function setUp(
  due: Record<string, Instant>,
  run: (now: Instant, rows: Map<string, Instant>) => void = (now, rows) => {
    for (const [key, at] of rows) if (at <= now) rows.delete(key);
  },
  {
    beyondTicks = [],
    leaseUntil,
    onLook = () => {},
  }: { beyondTicks?: Instant[]; leaseUntil?: number; onLook?: (now: Instant) => void } = {},
) {
  const rows = new Map(Object.entries(due));
  let elapsed = 0;
  const clock = { ...calendarClock({ startAt: start }), elapsed: () => elapsed++ };
  const stops: Instant[] = [];
  const log: string[] = [];
  const nextDue = async (after?: Instant): Promise<NextDue | undefined> => {
    onLook(clock.now());
    const [first] = [...rows]
      .filter(([, at]) => after === undefined || at > after)
      .sort(([, a], [, b]) => a.localeCompare(b));
    return first && { key: first[0], at: first[1], ...(leaseUntil === undefined ? {} : { leaseUntil }) };
  };
  const runUntil = stepper({
    clock,
    nextDue,
    idle: async () => {
      log.push("idle");
    },
    scheduler: {
      runDue: async () => {
        log.push("run");
        stops.push(clock.now());
        run(clock.now(), rows);
      },
      nextBeyondTicks: (after) => beyondTicks.find((at) => at > after),
    },
  });
  return { clock, stops, log, runUntil };
}
