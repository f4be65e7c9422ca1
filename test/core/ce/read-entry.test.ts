import { describe, expect, it } from "vitest";
import { readEntry } from "../../../core/ce/read-entry.ts";
import { catalogue } from "../../helpers/catalogue.ts";

const now = "2027-03-01T23:30:00.000Z";
const typed = { hours: "1.5", activity: "Webinar", category: "own", day: "2027-03-01", covers: "" };
const read = (changes: Partial<typeof typed>, zone = "UTC") =>
  readEntry({ ...typed, ...changes }, catalogue, zone, now);

describe("hours as they were typed", () => {
  it("are read, for every credential or for one", () => {
    expect(read({ activity: " Coding\r\n updates " })).toEqual({
      wanted: { hours: 1.5, activity: "Coding updates", category: "own", day: "2027-03-01" },
    });
    expect(read({ covers: "all" })).not.toHaveProperty("wanted.credential");
    expect(read({ category: "own:AAPC" })).toMatchObject({ wanted: { category: "own:AAPC" } });
    expect(read({ covers: "rhit" })).toMatchObject({ wanted: { credential: "rhit" } });
  });

  it.each([
    ["0.25", 0.25],
    ["100", 100],
    [" 2,75 ", 2.75],
    ["1.50", 1.5],
  ])("%j are %d", (hours, number) => {
    expect(read({ hours })).toMatchObject({ wanted: { hours: number } });
  });

  it.each(["", "0", "0.1", "1.3", "100.25", "101", "-1", "1e1", "0x10", "one", "1.255", "Infinity"])(
    "%j are none",
    (hours) => {
      expect(read({ hours })).toEqual({ problems: { hours: expect.stringContaining("0.25 to 100") } });
    },
  );

  it("lie behind where the reader is", () => {
    expect(read({ day: "2027-03-02" }, "Asia/Tokyo")).toHaveProperty("wanted");
    expect(read({ day: "2027-03-02" }, "America/New_York")).toHaveProperty("problems.day");
  });

  it.each<[string, Partial<typeof typed>, string]>([
    ["no activity", { activity: "\u0007 " }, "activity"],
    ["an activity of 121 characters", { activity: "é".repeat(121) }, "activity"],
    ["a category that is none", { category: "body" }, "category"],
    ["a body that is none", { category: "own:NHA" }, "category"],
    ["no day", { day: "" }, "day"],
    ["a day that is none", { day: "2027-02-30" }, "day"],
    ["a day of long ago", { day: "2024-02-29" }, "day"],
    ["a credential that is none", { covers: "phd" }, "covers"],
  ])("with %s are a problem of that field alone", (_, change, field) => {
    expect(read(change)).toEqual({ problems: { [field]: expect.any(String) } });
  });
});
