import { describe, expect, it } from "vitest";
import { cycleStart } from "../../../core/reminder/cycle.ts";
import { readDate } from "../../../core/reminder/read-date.ts";
import { catalogue } from "../../helpers/catalogue.ts";

const now = "2027-03-01T23:30:00.000Z";
const typed = { kind: "exam", credential: "rhit", label: "", date: "2027-05-01" };
const read = (changes: Partial<typeof typed>, zone = "UTC") =>
  readDate({ ...typed, ...changes }, catalogue, zone, now);

describe("a date as it was typed", () => {
  it("is read, its label in one line", () => {
    expect(read({ label: " RHIT\r\n  exam\u0007 " })).toEqual({
      wanted: { kind: "exam", credential: "rhit", label: "RHIT exam", date: "2027-05-01" },
    });
  });

  it.each([
    [{}, "RHIT exam"],
    [{ kind: "application", credential: "" }, "Application"],
    [{ kind: "renewal", credential: "cpc" }, "CPC renewal"],
    [{ kind: "renewal", label: "My renewal" }, "My renewal"],
    [{ kind: "other", label: "Board meeting" }, "Board meeting"],
  ])("of %o is called %s", (changes, label) => {
    expect(read(changes)).toMatchObject({ wanted: { label } });
  });

  it("is of no credential if none was chosen", () => {
    for (const credential of ["", "none"])
      expect(read({ credential })).toEqual({ wanted: { kind: "exam", label: "Exam", date: "2027-05-01" } });
  });

  it("lies ahead where the reader is", () => {
    expect(read({ date: "2027-03-02" }, "America/New_York")).toHaveProperty("wanted");
    expect(read({ date: "2027-03-02" }, "Asia/Tokyo")).toHaveProperty("problems.date");
  });

  it.each<[string, Partial<typeof typed>, string]>([
    ["no label of something else", { kind: "other", label: " \n " }, "label"],
    ["a label of 81 characters", { label: "é".repeat(81) }, "label"],
    ["no date", { date: "" }, "date"],
    ["a day that is none", { date: "2027-02-30" }, "date"],
    ["another spelling", { date: "1 May 2027" }, "date"],
    ["a moment", { date: "2027-05-01T09:00" }, "date"],
    ["today", { date: "2027-03-01" }, "date"],
    ["a day beyond five years", { date: "2032-03-02" }, "date"],
    ["no kind", { kind: "" }, "kind"],
    ["a kind that is none", { kind: "constructor" }, "kind"],
    ["a credential that is none", { credential: "phd" }, "credential"],
  ])("%s is a problem of its field alone", (_, change, field) => {
    expect(read(change)).toEqual({ problems: { [field]: expect.any(String) } });
  });

  it("of 80 characters and five years ahead is fine", () => {
    expect(read({ label: "😀".repeat(80), date: "2032-03-01" })).toHaveProperty("wanted");
  });
});

describe("the cycle that a renewal ends", () => {
  it("began so many months before, on the last day of a month that is shorter", () => {
    const [rhit, cpc] = catalogue.credentials;
    expect(rhit && cycleStart("2027-05-01", rhit)).toBe("2025-05-01");
    expect(rhit && cycleStart("2028-02-29", rhit)).toBe("2026-02-28");
    expect(cpc && cycleStart("2027-05-01", cpc)).toBeUndefined();
  });
});
