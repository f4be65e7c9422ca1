import { describe, expect, it } from "vitest";
import { nextMailWords, whenWords } from "../../../functions/http/next-mail-words.ts";
import { clockWords, hourWords } from "../../../web/hour-words.ts";

const now = "2027-03-08T13:58:00.000Z";
const step = { id: "school", title: "School", delayDays: 7, checklist: [] };

describe("when the next mail comes", () => {
  it.each([
    ["2027-03-08T14:00:00.000Z", "America/New_York", "within minutes"],
    ["2027-03-15T13:00:00.000Z", "America/New_York", "on Monday, March 15, 2027, at about 9 a.m."],
    ["2027-03-15T00:30:00.000Z", "Asia/Kolkata", "on Monday, March 15, 2027, at about 6 a.m."],
    ["2027-03-15T17:15:00.000Z", "UTC", "on Monday, March 15, 2027, at about 5:15 p.m."],
    ["2027-03-15T00:00:00.000Z", "UTC", "on Monday, March 15, 2027, at about midnight"],
  ])("at %s in %s: %s", (at, zone, words) =>
    expect(nextMailWords({ status: "goes", step, at }, zone, now)).toBe(
      `“School” comes ${words}${words.endsWith(".") ? "" : "."}`,
    ),
  );

  it.each([
    [{ status: "waits", step }, "“School” comes next, once the mail before it has gone out."],
    [{ status: "finished" }, "All mails of this course have come."],
    [{ status: "begins" }, "It begins within minutes."],
    [{ status: "stops" }, "No more mails of this course can come to you."],
  ] as const)("of %j is told: %s", (next, words) => expect(nextMailWords(next, "UTC", now)).toBe(words));

  it("reads well at the end of a sentence", () =>
    expect(whenWords("2027-03-15T13:00:00.000Z", "UTC", now)).toMatch(/1 p\.m\.$/));
});

describe("hours in words", () => {
  it.each([
    [5, "5 a.m. to 8 a.m."],
    [9, "9 a.m. to noon"],
    [12, "noon to 3 p.m."],
    [21, "9 p.m. to midnight"],
  ])("from %i: %s", (hour, words) => expect(hourWords(hour)).toBe(words));

  it("with minutes", () =>
    expect([clockWords(0, 5), clockWords(12, 30)]).toEqual(["12:05 a.m.", "12:30 p.m."]));
});
