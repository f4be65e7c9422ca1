import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDate } from "../../../adapters/feeds/read-date.ts";

describe("a date", () => {
  it.each([
    ["Tue, 01 Sep 2026 14:08:30 GMT", "2026-09-01T14:08:30.000Z"],
    ["Tue, 1 Sep 26 14:08 EST", "2026-09-01T19:08:00.000Z"],
    ["01 Sep 2026 14:08:30 -0530", "2026-09-01T19:38:30.000Z"],
    ["Tuesday, 01-Sep-2026 14:08:30 UTC", "2026-09-01T14:08:30.000Z"],
    ["1 September 2026", "2026-09-01T00:00:00.000Z"],
    ["2026-09-01T14:08:30.5+02:00", "2026-09-01T12:08:30.000Z"],
    ["2026-09-01T14:08Z", "2026-09-01T14:08:00.000Z"],
    ["2026-09-01 14:08:30", "2026-09-01T14:08:30.000Z"],
    ["2026-09-01", "2026-09-01T00:00:00.000Z"],
    ["2026-09", "2026-09-01T00:00:00.000Z"],
    ["Tue, 09/01/2026 - 09:02", "2026-09-01T09:02:00.000Z"],
    ["Sep 1, 2026 2:08pm", "2026-09-01T14:08:00.000Z"],
    ["September 1st, 2026 at 12:08 a.m.", "2026-09-01T00:08:00.000Z"],
    ["Tue Sep  1 14:08:00 2026", "2026-09-01T14:08:00.000Z"],
    ["Sat, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59.000Z"],
  ])("like %s is read", (text, instant) => {
    expect(readDate(text)).toBe(instant);
  });

  it.each([
    "",
    "someday",
    "31 Feb 2026",
    "2026-13-01",
    "25:00",
    "+020000-01-01T00:00:00Z",
    "0".repeat(5_000),
  ])("like %s is none", (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it("in the ways of RSS and Atom is the instant that was written", () => {
    const seconds = fc.integer({ min: 0, max: 253_402_300_799 }).map((at) => new Date(at * 1000));
    fc.assert(
      fc.property(seconds, (date) => {
        expect(readDate(date.toUTCString())).toBe(date.toISOString());
        expect(readDate(date.toISOString())).toBe(date.toISOString());
      }),
    );
  });
});
