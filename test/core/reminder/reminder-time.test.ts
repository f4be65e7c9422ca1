import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { reminderTime } from "../../../core/reminder/reminder-time.ts";
import { type Instant, localDate, toInstant } from "../../../core/time/instant.ts";
import { isInWindow, isZone, type SendWindow, weekdays } from "../../../core/time/window.ts";

const mornings: SendWindow = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" };
const anyDay = { ...mornings, days: weekdays };
const newYork = (date: string, daysBefore: number, now: Instant) =>
  reminderTime({ date, daysBefore }, "America/New_York", mornings, now);

describe("a reminder goes", () => {
  it("as the window opens on its day, on whatever day of the week", () => {
    // Saturday; the clocks change on the night to Sunday.
    expect(newYork("2027-03-16", 3, "2027-03-01T12:00:00.000Z")).toBe("2027-03-13T14:00:00.000Z");
    expect(newYork("2027-03-15", 1, "2027-03-01T12:00:00.000Z")).toBe("2027-03-14T13:00:00.000Z");
  });

  it("at the next opening when its day has passed", () => {
    expect(newYork("2027-03-16", 30, "2027-03-01T18:00:00.000Z")).toBe("2027-03-02T14:00:00.000Z");
  });

  it("at once when the window of its day is open already", () => {
    expect(newYork("2027-03-08", 7, "2027-03-01T15:30:00.000Z")).toBe("2027-03-01T15:30:00.000Z");
  });

  it("at once on the eve, when no window opens before the date", () => {
    expect(newYork("2027-03-02", 1, "2027-03-01T22:00:00.000Z")).toBe("2027-03-01T22:00:00.000Z");
    expect(newYork("2027-03-02", 1, "2027-03-01T12:00:00.000Z")).toBe("2027-03-01T14:00:00.000Z");
  });

  it("on the date itself while it lasts, if it was held up until then", () => {
    expect(newYork("2027-03-02", 1, "2027-03-02T12:00:00.000Z")).toBe("2027-03-02T14:00:00.000Z");
    expect(newYork("2027-03-02", 1, "2027-03-02T22:00:00.000Z")).toBe("2027-03-02T22:00:00.000Z");
  });

  it("on its day also when a clock change swallows the window", () => {
    const night: SendWindow = { ...mornings, from: "02:00", to: "03:00" };
    const at = reminderTime(
      { date: "2027-03-15", daysBefore: 1 },
      "America/New_York",
      night,
      "2027-03-01T12:00:00.000Z",
    );
    expect(at).toBe("2027-03-14T07:00:00.000Z");
  });

  it("in every zone on the very day or, asked for later, in the hours before the date and never after it", () => {
    const zones = Intl.supportedValuesOf("timeZone").filter(isZone);
    const times = fc.date({
      min: new Date("2026-01-01T00:00:00Z"),
      max: new Date("2036-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    const asked = fc.record({
      zone: fc.constantFrom(...zones),
      now: times.map((time) => toInstant(time.getTime())),
      ahead: fc.integer({ min: 1, max: 60 }),
      daysBefore: fc.constantFrom(1, 3, 7, 14, 30),
    });
    fc.assert(
      fc.property(asked, ({ zone, now, ahead, daysBefore }) => {
        const date = dayAfter(localDate(now, zone), ahead);
        const at = reminderTime({ date, daysBefore }, zone, mornings, now);
        const day = localDate(at, zone);
        expect(at >= now).toBe(true);
        expect(day < date).toBe(true);
        if (daysBefore < ahead) expect(day).toBe(dayAfter(date, -daysBefore));
        if (at !== now) expect(isInWindow(at, zone, anyDay)).toBe(true);
        // Whoever looks again when it is due finds that it is due.
        expect(reminderTime({ date, daysBefore }, zone, mornings, at)).toBe(at);
      }),
      { numRuns: 500 },
    );
  });
});

function dayAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
