import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { earliestOf, goesAt, isLocalTime } from "../../../core/campaign/local-time.ts";

describe("a campaign at local times", () => {
  it.each([
    ["2027-03-10T09:00", "America/New_York", "2027-03-10T14:00:00.000Z"],
    ["2027-03-10T09:00", "Asia/Kolkata", "2027-03-10T03:30:00.000Z"],
    // 02:30 does not exist on this day there: clocks go from two to three.
    ["2027-03-14T02:30", "America/New_York", "2027-03-14T07:30:00.000Z"],
    // 01:30 comes twice: the first counts.
    ["2027-11-07T01:30", "America/New_York", "2027-11-07T05:30:00.000Z"],
  ])("that says %s goes in %s at %s", (local, zone, at) => {
    expect(goesAt({ local }, zone)).toBe(at);
  });

  it("goes nowhere before its earliest instant", () => {
    const day = fc.date({ min: new Date("2026-01-01"), max: new Date("2036-12-31"), noInvalidDate: true });
    const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    fc.assert(
      fc.property(day, zone, (date, where) => {
        const local = date.toISOString().slice(0, 16);
        expect(goesAt({ local }, where) >= earliestOf(local)).toBe(true);
        const clock = Temporal.Instant.from(goesAt({ local }, where)).toZonedDateTimeISO(where);
        const shown = clock.toPlainDateTime().toString({ smallestUnit: "minute" });
        expect(shown >= local).toBe(true);
      }),
    );
  });

  it.each(["2027-03-10T09:00", "2028-02-29T23:59"])("%s is a time", (text) => {
    expect(isLocalTime(text)).toBe(true);
  });
  it.each(["2027-03-10", "2027-02-29T09:00", "2027-03-10T24:00", "2027-03-10T09:00Z", "09:00", ""])(
    "%s is none",
    (text) => {
      expect(isLocalTime(text)).toBe(false);
    },
  );
});
