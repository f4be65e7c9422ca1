import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Occasion } from "../../../core/reminder/reminder-date.ts";
import { dayBefore, reminderTime } from "../../../core/reminder/reminder-time.ts";
import { type Instant, localDate } from "../../../core/time/instant.ts";
import { isInWindow, type SendWindow, weekdays } from "../../../core/time/window.ts";
import { days, instants, zones } from "./any-time.ts";

const window: SendWindow = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" };
const anyDay = { ...window, days: weekdays };
const zone = "America/New_York";
/** A date of before, which has the one reminder that its reader chose. */
const old = (date: string, daysBefore: number, now: Instant) =>
  reminderTime({ date, daysBefore }, daysBefore, { zone, window }, now);
const exam = (date: string, daysBefore: number, now: Instant) =>
  reminderTime({ date, kind: "exam", daysBefore }, daysBefore, { zone, window }, now);

describe("a reminder goes", () => {
  it("as the window opens on its day, on whatever day of the week", () => {
    // Saturday; the clocks change on the night to Sunday.
    expect(old("2027-03-16", 3, "2027-03-01T12:00:00.000Z")).toBe("2027-03-13T14:00:00.000Z");
    expect(exam("2027-03-15", 1, "2027-03-01T12:00:00.000Z")).toBe("2027-03-14T13:00:00.000Z");
  });

  it("at the next opening when its day has passed", () => {
    expect(old("2027-03-16", 30, "2027-03-01T18:00:00.000Z")).toBe("2027-03-02T14:00:00.000Z");
    expect(exam("2027-03-16", 30, "2027-03-01T18:00:00.000Z")).toBe("2027-03-02T14:00:00.000Z");
  });

  it("no more once the day of the one after it has come, or would come first", () => {
    expect(exam("2027-03-16", 30, "2027-03-09T05:00:00.000Z")).toBeUndefined();
    expect(exam("2027-03-16", 30, "2027-03-08T17:00:00.000Z")).toBeUndefined();
    expect(exam("2027-03-16", 30, "2027-03-08T16:59:00.000Z")).toBe("2027-03-08T16:59:00.000Z");
    expect(old("2027-03-16", 30, "2027-03-09T05:00:00.000Z")).toBe("2027-03-09T14:00:00.000Z");
  });

  it("at once when the window of its day is open already", () => {
    expect(exam("2027-03-08", 7, "2027-03-01T15:30:00.000Z")).toBe("2027-03-01T15:30:00.000Z");
  });

  it("at once on the eve, when no window opens before the date", () => {
    expect(exam("2027-03-02", 1, "2027-03-01T22:00:00.000Z")).toBe("2027-03-01T22:00:00.000Z");
    expect(exam("2027-03-02", 1, "2027-03-01T12:00:00.000Z")).toBe("2027-03-01T14:00:00.000Z");
  });

  it("on the date itself while it lasts, if it was held up until then, and never after it", () => {
    expect(exam("2027-03-02", 1, "2027-03-02T12:00:00.000Z")).toBe("2027-03-02T14:00:00.000Z");
    expect(exam("2027-03-02", 1, "2027-03-02T22:00:00.000Z")).toBe("2027-03-02T22:00:00.000Z");
    expect(exam("2027-03-02", 1, "2027-03-03T05:00:00.000Z")).toBeUndefined();
    expect(old("2027-03-02", 7, "2027-03-03T05:00:00.000Z")).toBeUndefined();
  });

  it("on its day also when a clock change swallows the window", () => {
    const night: SendWindow = { ...window, from: "02:00", to: "03:00" };
    const occasion = { date: "2027-03-15", kind: "exam", daysBefore: 1 } as const;
    const at = reminderTime(occasion, 1, { zone, window: night }, "2027-03-01T12:00:00.000Z");
    expect(at).toBe("2027-03-14T07:00:00.000Z");
  });
});

describe("in every zone, over ten years,", () => {
  const occasions = fc.record({
    date: days,
    kind: fc.constantFrom("exam" as const, "renewal" as const, undefined),
    daysBefore: fc.constantFrom(90, 60, 30, 7, 1),
  });
  const windows = fc.record({
    days: fc.constant(window.days),
    from: fc.constantFrom("00:00", "01:30", "02:00", "09:00", "23:00"),
    to: fc.constantFrom("23:30", "23:59"),
  });

  it("a reminder that is waited for comes on the very day, so many days before the date by the reader's calendar", () => {
    fc.assert(
      fc.property(occasions, zones, windows, ({ date, kind, daysBefore }, anyZone, hours) => {
        const occasion: Occasion = { date, daysBefore, ...(kind && { kind }) };
        const long = `${dayBefore(date, daysBefore + 3)}T00:00:00.000Z`;
        const at = reminderTime(occasion, daysBefore, { zone: anyZone, window: hours }, long) ?? "";
        expect(localDate(at, anyZone)).toBe(dayBefore(date, daysBefore));
      }),
      { numRuns: 3000 },
    );
  });

  it("one that was held up comes in the hours of a day before the next one's, or not at all", () => {
    fc.assert(
      fc.property(occasions, zones, instants, ({ date, kind, daysBefore }, anyZone, now) => {
        const occasion: Occasion = { date, daysBefore, ...(kind && { kind }) };
        const where = { zone: anyZone, window };
        const at = reminderTime(occasion, daysBefore, where, now);
        const after = kind && [60, 30, 7, 1].find((offset) => offset < daysBefore);
        const day = localDate(at ?? now, anyZone);
        if (at === undefined) {
          expect(day >= dayBefore(date, (after ?? -1) + 1)).toBe(true);
          return;
        }
        expect(at >= now && day >= dayBefore(date, daysBefore)).toBe(true);
        expect(day < dayBefore(date, after ?? -1)).toBe(true);
        if (at !== now) expect(isInWindow(at, anyZone, anyDay)).toBe(true);
        // Whoever looks again when it is due finds that it is due.
        expect(reminderTime(occasion, daysBefore, where, at)).toBe(at);
      }),
      { numRuns: 3000 },
    );
  });
});
