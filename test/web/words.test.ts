import { describe, expect, it } from "vitest";
import { courseLength } from "../../web/course-length.ts";
import { windowWords } from "../../web/window-words.ts";
import { course } from "./sample-site.ts";

describe("when mails come", () => {
  const hours = { from: "09:00", to: "12:00" };

  it.each([
    [["mon", "tue", "wed", "thu", "fri"], "on weekdays between 9 a.m. and noon"],
    [["sun", "sat"], "on weekends between 9 a.m. and noon"],
    [["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "every day between 9 a.m. and noon"],
    [["thu", "tue"], "on Tuesdays and Thursdays between 9 a.m. and noon"],
    [["fri", "mon", "wed"], "on Mondays, Wednesdays, and Fridays between 9 a.m. and noon"],
  ] as const)("%s", (days, words) => expect(windowWords({ ...hours, days })).toBe(words));

  it("says half hours and midnight as well", () => {
    expect(windowWords({ days: ["mon"], from: "13:30", to: "24:00" })).toBe(
      "on Mondays between 1:30 p.m. and midnight",
    );
  });
});

describe("how long a course is", () => {
  const [step] = course.steps;
  const withDelays = (...delays: number[]) => ({
    ...course,
    steps: delays.flatMap((delayDays) => (step ? [{ ...step, delayDays }] : [])),
  });

  it.each([
    [[0], "1 mail over about 1 day"],
    [[0, 3], "2 mails over about 3 days"],
    [[0, 2, 7, 7, 7, 7, 7, 7], "8 mails over about 6 weeks"],
  ])("%s", (delays, words) => expect(courseLength(withDelays(...delays))).toBe(words));
});
