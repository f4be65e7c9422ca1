import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Enrolment } from "../../../core/course/enrolment.ts";
import { withPause } from "../../../core/rhythm/change-rhythm.ts";
import { readPause } from "../../../core/rhythm/read-pause.ts";
import { hours, readRhythm } from "../../../core/rhythm/read-rhythm.ts";
import { lookAgainAt } from "../../../core/rhythm/replan.ts";
import { speeds } from "../../../core/rhythm/rhythm.ts";
import { dayAhead } from "../../../core/time/calendar-day.ts";
import { addHours, addMinutes, localDate, toInstant } from "../../../core/time/instant.ts";
import { weekdays } from "../../../core/time/window.ts";
import { typedOf } from "../../../functions/http/to-pace.ts";
import { course } from "../../helpers/catalogue.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const zones = fc.constantFrom(
  "America/New_York",
  "America/Santiago",
  "Africa/Cairo",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Asia/Beirut",
  "UTC",
);
const instants = fc
  .integer({ min: Date.parse("2027-01-01T00:00:00Z"), max: Date.parse("2029-01-01T00:00:00Z") })
  .map(toInstant);
const nothing = { until: "", weeks: "", resume: false };

describe("a pause that is asked for", () => {
  it("up to a day ends with that day's first instant where the reader is, in every zone", () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 1, max: 365 }), (zone, now, days) => {
        const day = dayAhead(now, zone, { days });
        const read = readPause({ ...nothing, until: ` ${day} ` }, zone, now);
        if ("problems" in read) throw new Error(read.problems.until);
        const until = withPause(subscriber({ zone }), read.wanted, now)?.rhythm?.pausedUntil ?? "";
        expect(localDate(until, zone)).toBe(day);
        expect(localDate(addMinutes(until, -1), zone) < day).toBe(true);
        expect(until > now).toBe(true);
      }),
    );
  });

  it("for weeks is the same as up to that day", () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 1, max: 52 }), (zone, now, weeks) => {
        const wanted = { day: dayAhead(now, zone, { days: 7 * weeks }) };
        expect(readPause({ ...nothing, weeks: String(weeks) }, zone, now)).toEqual({ wanted });
      }),
    );
  });

  it.each(["0", "53", "-4", "4.5", "x"])("for %j weeks is refused", (weeks) => {
    expect(readPause({ ...nothing, weeks }, "UTC", "2027-03-01T12:00:00.000Z")).toHaveProperty("problems");
  });
});

describe("the form of the pace", () => {
  it("gives back whatever it keeps", () => {
    const typed = fc.record({
      speed: fc.constantFrom(...speeds),
      day: fc.constantFrom("any", ...weekdays),
      hour: fc.constantFrom("default", ...hours.map(String)),
      zone: zones,
      nudges: fc.boolean(),
    });
    fc.assert(
      fc.property(typed, (entered) => {
        const read = readRhythm(entered);
        if ("problems" in read) throw new Error("refused");
        expect(typedOf(read.wanted.rhythm, read.wanted.zone)).toEqual(entered);
      }),
    );
  });

  it.each([
    ["speed", "warp"],
    ["day", "someday"],
    ["hour", "4"],
    ["hour", "22"],
    ["hour", "7.5"],
    ["zone", ""],
    ["zone", "+02:00"],
  ])("refuses the %s %j, and names that field alone", (name, value) => {
    const typed = { speed: "", day: "", hour: "", zone: "UTC", nudges: true, [name]: value };
    const read = readRhythm(typed);
    expect("problems" in read && Object.keys(read.problems)).toEqual([name]);
  });
});

describe("when dispatch comes back to an enrolment", () => {
  const now = "2027-03-01T12:00:00.000Z";
  const enrolment: Enrolment = {
    subscriberId: "sub_1",
    course: "records",
    run: 1,
    state: "walking",
    step: "training",
    previous: "school",
    startedAt: "2027-02-01T12:00:00.000Z",
    dueAt: "2027-03-08T14:00:00.000Z",
  };

  it("is now, or before: by an instant that no one has read yet", () => {
    fc.assert(
      fc.property(fc.integer({ min: -48, max: 48 }), (ahead) => {
        const dueAt = addHours(now, ahead);
        const at = lookAgainAt(course, { ...enrolment, dueAt }, subscriber(), now);
        expect(at <= now).toBe(true);
        expect(at < dueAt).toBe(true);
      }),
    );
  });

  it("is no sooner for a first step than its days after the start", () => {
    const [, ...steps] = course.steps;
    const late = { ...course, steps };
    const { previous: _, ...begun } = { ...enrolment, step: "school", startedAt: now };
    const at = (reader = subscriber()) => lookAgainAt(late, begun, reader, addHours(now, 1));
    expect(at()).toBe("2027-03-03T14:00:00.000Z");
    expect(at(subscriber({ rhythm: { speed: "faster" } }))).toBe("2027-03-02T14:00:00.000Z");
    expect(lookAgainAt(late, { ...begun, goesFrom: now }, subscriber(), now)).toBe(now);
  });
});
