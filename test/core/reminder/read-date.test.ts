import { describe, expect, it } from "vitest";
import { readDate } from "../../../core/reminder/read-date.ts";

const now = "2027-03-01T23:30:00.000Z";
const typed = { label: "Exam", date: "2027-05-01", daysBefore: "7" };

describe("a date as it was typed", () => {
  it("is read, its label in one line", () => {
    expect(readDate({ ...typed, label: " RHIT\r\n  exam\u0007 " }, "UTC", now)).toEqual({
      wanted: { label: "RHIT exam", date: "2027-05-01", daysBefore: 7 },
    });
  });

  it("lies ahead where the reader is", () => {
    const tomorrow = { ...typed, date: "2027-03-02" };
    expect(readDate(tomorrow, "America/New_York", now)).toHaveProperty("wanted");
    expect(readDate(tomorrow, "Asia/Tokyo", now)).toHaveProperty("problems.date");
  });

  it.each<[string, Partial<typeof typed>, string]>([
    ["no label", { label: " \n " }, "label"],
    ["a label of 81 characters", { label: "é".repeat(81) }, "label"],
    ["no date", { date: "" }, "date"],
    ["a day that is none", { date: "2027-02-30" }, "date"],
    ["another spelling", { date: "1 May 2027" }, "date"],
    ["a moment", { date: "2027-05-01T09:00" }, "date"],
    ["today", { date: "2027-03-01" }, "date"],
    ["a day beyond five years", { date: "2032-03-02" }, "date"],
    ["a number of days that is no choice", { daysBefore: "2" }, "daysBefore"],
    ["no number of days", { daysBefore: "" }, "daysBefore"],
    ["a number in another spelling", { daysBefore: "7e0x" }, "daysBefore"],
  ])("%s is a problem of its field alone", (_, change, field) => {
    const read = readDate({ ...typed, ...change }, "UTC", now);
    expect(read).toEqual({ problems: { [field]: expect.any(String) } });
  });

  it("of 80 characters and five years ahead is fine", () => {
    expect(readDate({ ...typed, label: "😀".repeat(80), date: "2032-03-01" }, "UTC", now)).toHaveProperty(
      "wanted",
    );
  });
});
