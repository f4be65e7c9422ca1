import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { addMinutes, type Instant, toInstant } from "../../../core/time/instant.ts";
import {
  isInWindow,
  isZone,
  nextInWindow,
  type SendWindow,
  startOfDayAfter,
  weekdays,
} from "../../../core/time/window.ts";

const mornings: SendWindow = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" };
const night: SendWindow = { days: [...weekdays], from: "02:00", to: "03:00" };

describe("a send window", () => {
  it("opens at its first hour on the subscriber's wall clock", () => {
    expect(nextInWindow("2027-03-01T00:00:00.000Z", "Asia/Kathmandu", mornings)).toBe(
      "2027-03-01T03:15:00.000Z",
    );
  });

  it("keeps an instant that is already inside", () => {
    expect(nextInWindow("2027-03-01T10:59:59.999Z", "Europe/Berlin", mornings)).toBe(
      "2027-03-01T10:59:59.999Z",
    );
  });

  it("is closed at its last minute and waits over the weekend", () => {
    expect(nextInWindow("2027-03-05T17:00:00.000Z", "America/New_York", mornings)).toBe(
      "2027-03-08T14:00:00.000Z",
    );
  });

  it("keeps the wall clock over a clock change", () => {
    expect(nextInWindow("2027-03-12T18:00:00.000Z", "America/New_York", mornings)).toBe(
      "2027-03-15T13:00:00.000Z",
    );
  });

  it("has no day when its hours do not exist", () => {
    expect(nextInWindow("2027-03-14T05:00:00.000Z", "America/New_York", night)).toBe(
      "2027-03-15T06:00:00.000Z",
    );
  });

  it("opens behind the gap when only its first half hour does not exist", () => {
    const window: SendWindow = { ...night, from: "02:30", to: "04:00" };
    expect(nextInWindow("2027-03-14T05:00:00.000Z", "America/New_York", window)).toBe(
      "2027-03-14T07:00:00.000Z",
    );
  });

  it("opens twice when its hours exist twice", () => {
    const window: SendWindow = { ...night, from: "00:30", to: "01:30" };
    expect(nextInWindow("2027-11-07T05:45:00.000Z", "America/New_York", window)).toBe(
      "2027-11-07T06:00:00.000Z",
    );
  });

  it("is not taken for one of another season when the day begins with a clock change", () => {
    const window: SendWindow = { days: ["sat"], from: "19:30", to: "23:15" };
    expect(nextInWindow("2026-09-06T04:00:00.000Z", "America/Santiago", window)).toBe(
      "2026-09-12T22:30:00.000Z",
    );
  });

  it("opens with the day when the day begins behind a gap", () => {
    const window: SendWindow = { days: ["fri", "mon"], from: "00:15", to: "01:15" };
    expect(nextInWindow("2026-04-23T21:59:00.000Z", "Africa/Cairo", window)).toBe("2026-04-23T22:00:00.000Z");
  });

  it("says so when it never opens", () => {
    expect(() => nextInWindow("2027-03-01T00:00:00.000Z", "UTC", { ...night, days: [] })).toThrow(
      /never|No day/,
    );
  });
});

describe("zones", () => {
  it.each(["America/New_York", "Asia/Kathmandu", "UTC"])("knows %s", (zone) => {
    expect(isZone(zone)).toBe(true);
  });
  it.each(["", "Mars/Olympus", "+02:00", "America/New York", "CST", "2027-03-01[UTC]"])(
    "refuses %j",
    (zone) => {
      expect(isZone(zone)).toBe(false);
    },
  );
});

const zones = Intl.supportedValuesOf("timeZone");
/** Instants close to clock changes, where mistakes live, and anywhere else. */
const moments = fc
  .record({
    zone: fc.constantFrom(...zones),
    minute: fc.integer({ min: -1500, max: 1500 }),
    from: fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
  })
  .map(({ zone, minute, from }) => {
    const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone);
    const change = start.getTimeZoneTransition("next") ?? start;
    return {
      zone,
      instant: addMinutes(toInstant(Math.floor(change.epochMilliseconds / 60_000) * 60_000), minute),
    };
  });
const windows = fc
  .record({
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 90 }),
    length: fc.integer({ min: 1, max: 24 }),
  })
  .map(
    ({ days, from, length }): SendWindow => ({
      days,
      from: clock(from),
      to: clock(Math.min(from + length, 96)),
    }),
  );

describe("in every zone, around every clock change", () => {
  it("the next opening is inside the window, and no earlier quarter of an hour is", () => {
    fc.assert(
      fc.property(moments, windows, ({ zone, instant }, window) => {
        const opening = nextInWindow(instant, zone, window);
        expect(opening >= instant).toBe(true);
        expect(isInWindow(opening, zone, window)).toBe(true);
        for (let at: Instant = instant; at < opening; at = addMinutes(at, 15)) {
          expect(isInWindow(at, zone, window)).toBe(false);
        }
        expect(opening === instant || !isInWindow(addMinutes(opening, -1), zone, window)).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  it("the start of a later day is on that calendar date", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 40 }), ({ zone, instant }, days) => {
        const start = Temporal.Instant.from(startOfDayAfter(instant, zone, days)).toZonedDateTimeISO(zone);
        const date = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().add({ days });
        expect(start.toPlainDate().toString()).toBe(date.toString());
        expect(start.subtract({ minutes: 1 }).toPlainDate().toString() < date.toString()).toBe(true);
      }),
      { numRuns: 800 },
    );
  });
});

function clock(quarters: number): string {
  return `${String(Math.floor(quarters / 4)).padStart(2, "0")}:${String((quarters % 4) * 15).padStart(2, "0")}`;
}
