import { describe, expect, it } from "vitest";
import { nextReminder, planReminder } from "../../../core/reminder/plan-reminder.ts";
import type { DueDate } from "../../../core/reminder/reminder-date.ts";
import type { Instant } from "../../../core/time/instant.ts";

const where = {
  zone: "America/New_York",
  window: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00" },
} as const;
const exam: DueDate = {
  subscriberId: "sub_1",
  id: "abc",
  label: "Exam",
  kind: "exam",
  date: "2027-05-01",
  daysBefore: 90,
  run: 1,
  dueAt: "2027-01-31T14:00:00.000Z",
};
const plan = (now: Instant, changes: Partial<DueDate> = {}) =>
  planReminder({ ...exam, ...changes }, where, now);

describe("the first reminder of a date", () => {
  it.each<[Instant, number, Instant]>([
    ["2027-01-01T12:00:00.000Z", 90, "2027-01-31T14:00:00.000Z"],
    ["2027-01-31T15:00:00.000Z", 90, "2027-01-31T15:00:00.000Z"],
    // The hours of its day are over: nobody needs a reminder of what they have just typed.
    ["2027-01-31T17:00:00.000Z", 60, "2027-03-02T14:00:00.000Z"],
    ["2027-03-25T12:00:00.000Z", 30, "2027-04-01T13:00:00.000Z"],
    ["2027-04-02T12:00:00.000Z", 7, "2027-04-24T13:00:00.000Z"],
    ["2027-04-25T12:00:00.000Z", 1, "2027-04-30T13:00:00.000Z"],
    ["2027-04-30T20:00:00.000Z", 1, "2027-04-30T20:00:00.000Z"],
  ])("set at %s comes %d days before it", (now, daysBefore, dueAt) => {
    expect(nextReminder(exam, where, now)).toEqual({ daysBefore, dueAt });
  });

  it("is none on the day itself, nor after it", () => {
    expect(nextReminder(exam, where, "2027-05-01T12:00:00.000Z")).toBeUndefined();
    expect(nextReminder(exam, where, "2027-05-09T12:00:00.000Z")).toBeUndefined();
  });
});

describe("a date that is due", () => {
  it("is reminded of, and waits for its next reminder", () => {
    expect(plan("2027-01-31T14:00:00.000Z")).toEqual({
      send: 90,
      next: { daysBefore: 60, dueAt: "2027-03-02T14:00:00.000Z" },
    });
    expect(plan("2027-04-24T13:00:00.000Z", { daysBefore: 7 })).toEqual({
      send: 7,
      next: { daysBefore: 1, dueAt: "2027-04-30T13:00:00.000Z" },
    });
    expect(plan("2027-04-30T13:00:00.000Z", { daysBefore: 1 })).toEqual({ send: 1 });
  });

  it("goes on with the latest reminder whose day has come, after an outage", () => {
    expect(plan("2027-02-20T12:00:00.000Z")).toMatchObject({ send: 90, next: { daysBefore: 60 } });
    expect(plan("2027-03-12T12:00:00.000Z")).toMatchObject({ send: 60, next: { daysBefore: 30 } });
    expect(plan("2027-04-30T22:00:00.000Z")).toEqual({ send: 1 });
    expect(plan("2027-05-01T12:00:00.000Z")).toEqual({ send: 1 });
    expect(plan("2027-05-02T12:00:00.000Z")).toEqual({});
  });

  it("leaves a reminder out for which it is too late on the eve of the next", () => {
    expect(plan("2027-03-01T20:00:00.000Z")).toEqual({
      next: { daysBefore: 60, dueAt: "2027-03-02T14:00:00.000Z" },
    });
  });

  it("has the one reminder that it had, if it is of before", () => {
    const { kind: _, ...old } = { ...exam, daysBefore: 30 };
    expect(planReminder(old, where, "2027-04-01T13:00:00.000Z")).toEqual({ send: 30 });
    expect(planReminder(old, where, "2027-04-25T12:00:00.000Z")).toEqual({ send: 30 });
    expect(planReminder(old, where, "2027-05-02T12:00:00.000Z")).toEqual({});
  });
});
