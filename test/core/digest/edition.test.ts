import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestDue, editionAfter, editionOf, firstEdition, mondayOf } from "../../../core/digest/edition.ts";
import { addMinutes, localDate, toInstant } from "../../../core/time/instant.ts";

const mornings = { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" } as const;
const always = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  from: "00:00",
  to: "24:00",
} as const;
const zones = fc.constantFrom(
  "UTC",
  "America/New_York",
  "Asia/Kathmandu",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Africa/Cairo",
);
const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) }).map(toInstant);

describe("an edition", () => {
  it.each([
    ["2027-03-01T00:00:00.000Z", "2027-W10"],
    ["2027-03-07T09:59:59.999Z", "2027-W10"],
    ["2027-03-07T10:00:00.000Z", "2027-W11"],
    ["2026-12-27T09:00:00.000Z", "2026-W53"],
    ["2026-12-28T00:00:00.000Z", "2027-W01"],
    ["2027-01-03T09:00:00.000Z", "2027-W01"],
    ["2027-01-03T10:00:00.000Z", "2027-W02"],
  ])("of news first seen at %s is %s", (seenAt, edition) => {
    expect(editionOf(seenAt)).toBe(edition);
  });

  it("has its Monday", () => {
    expect(["2026-W53", "2027-W01", "2027-W10"].map((edition) => mondayOf(edition).toString())).toEqual([
      "2026-12-28",
      "2027-01-04",
      "2027-03-08",
    ]);
    expect(editionAfter("2026-W53")).toBe("2027-W01");
  });

  it("is complete before it is Monday for anyone, so what it holds never changes", () => {
    fc.assert(
      fc.property(instants, zones, (seenAt, zone) => {
        const due = digestDue(editionOf(seenAt), zone, always);
        expect(due > seenAt).toBe(true);
        expect(localDate(due, zone)).toBe(mondayOf(editionOf(seenAt)).toString());
      }),
    );
  });

  it("follows the one before: each instant is in one, and a week later in the next", () => {
    fc.assert(
      fc.property(instants, (seenAt) => {
        expect(editionOf(addMinutes(seenAt, 7 * 24 * 60))).toBe(editionAfter(editionOf(seenAt)));
      }),
    );
  });

  it("comes first on the Monday after someone joined, and not on the same day", () => {
    const zone = "America/New_York";
    expect(firstEdition("2027-03-08T04:59:00.000Z", zone)).toBe("2027-W10");
    expect(firstEdition("2027-03-08T05:01:00.000Z", zone)).toBe("2027-W11");
    fc.assert(
      fc.property(instants, zones, (joinedAt, at) => {
        expect(digestDue(firstEdition(joinedAt, at), at, mornings) > joinedAt).toBe(true);
      }),
    );
  });

  it.each([
    ["America/New_York", "2027-03-08T14:00:00.000Z"],
    ["Australia/Sydney", "2027-03-07T22:00:00.000Z"],
    ["Pacific/Kiritimati", "2027-03-07T19:00:00.000Z"],
    ["Pacific/Pago_Pago", "2027-03-08T20:00:00.000Z"],
  ])("is due in %s as the window opens", (zone, dueAt) => {
    expect(digestDue("2027-W10", zone, mornings)).toBe(dueAt);
  });

  it("waits for the first day of the window", () => {
    expect(digestDue("2027-W10", "UTC", { ...mornings, days: ["thu"] })).toBe("2027-03-11T09:00:00.000Z");
  });
});
