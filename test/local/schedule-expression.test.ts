import { describe, expect, it } from "vitest";
import { parseSchedule } from "../../local/schedule-expression.ts";

const saturday = "2027-03-13T09:00:30.000Z";

describe("schedule expressions", () => {
  it.each([
    ["cron(* * * * ? *)", "2027-03-13T09:01:00.000Z", "2027-03-13T09:00:00.000Z"],
    ["cron(0/15 * * * ? *)", "2027-03-13T09:15:00.000Z", "2027-03-13T09:00:00.000Z"],
    ["cron(0 9 ? * 2 *)", "2027-03-15T09:00:00.000Z", "2027-03-08T09:00:00.000Z"],
    ["cron(0 9 ? * MON *)", "2027-03-15T09:00:00.000Z", "2027-03-08T09:00:00.000Z"],
    ["cron(0 9 ? * MON-FRI *)", "2027-03-15T09:00:00.000Z", "2027-03-12T09:00:00.000Z"],
    ["cron(0 9 ? * 2#1 *)", "2027-04-05T09:00:00.000Z", "2027-03-01T09:00:00.000Z"],
    ["cron(15 10 ? * 6L 2027-2028)", "2027-03-26T10:15:00.000Z", "2027-02-26T10:15:00.000Z"],
    ["cron(0 8 L * ? *)", "2027-03-31T08:00:00.000Z", "2027-02-28T08:00:00.000Z"],
    ["rate(1 minute)", "2027-03-13T09:01:00.000Z", "2027-03-13T09:00:00.000Z"],
    ["rate(5 minutes)", "2027-03-13T09:05:00.000Z", "2027-03-13T09:00:00.000Z"],
    ["rate(6 hours)", "2027-03-13T12:00:00.000Z", "2027-03-13T06:00:00.000Z"],
    ["rate(1 day)", "2027-03-14T00:00:00.000Z", "2027-03-13T00:00:00.000Z"],
  ])("%s", (expression, next, last) => {
    const occurrences = parseSchedule(expression);
    expect(occurrences.after(saturday)).toBe(next);
    expect(occurrences.upTo(saturday)).toBe(last);
  });

  it("counts the very instant as past", () => {
    const every = parseSchedule("cron(0 9 * * ? *)");
    expect(every.upTo("2027-03-13T09:00:00.000Z")).toBe("2027-03-13T09:00:00.000Z");
    expect(every.upTo("2027-03-13T08:59:59.999Z")).toBe("2027-03-12T09:00:00.000Z");
    expect(every.after("2027-03-13T09:00:00.000Z")).toBe("2027-03-14T09:00:00.000Z");
  });

  it("ends with its last year", () => {
    expect(parseSchedule("cron(0 9 1 1 ? 2026)").after(saturday)).toBeUndefined();
  });

  it.each([
    "",
    "cron()",
    "cron(* * * * *)",
    "rate(0 minutes)",
    "rate(1 week)",
    "rate(1.5 hours)",
    "at(2027-01-01T00:00:00)",
    "* * * * ? *",
  ])("refuses %j", (expression) => {
    expect(() => parseSchedule(expression)).toThrow(/Not a schedule expression/);
  });
});
