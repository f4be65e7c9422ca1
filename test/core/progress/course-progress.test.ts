import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Enrolment } from "../../../core/course/enrolment.ts";
import { type Delivery, deliveryKey } from "../../../core/delivery/delivery.ts";
import { courseProgress } from "../../../core/progress/course-progress.ts";
import { speeds } from "../../../core/rhythm/rhythm.ts";
import { addHours, addMinutes, type Instant, localDate } from "../../../core/time/instant.ts";
import { isInWindow } from "../../../core/time/window.ts";
import { course } from "../../helpers/catalogue.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const sentAt = "2027-03-03T14:00:00.000Z"; // Wednesday 09:00 in New York
const reader = subscriber();
const enrolment: Enrolment = {
  subscriberId: reader.id,
  course: "records",
  run: 1,
  state: "walking",
  step: "training",
  previous: "school",
  dueAt: "2027-03-10T14:00:00.000Z",
  startedAt: "2027-03-01T14:00:00.000Z",
};

function ledger(rows: Record<string, Delivery["state"]>, settledAt: Instant = sentAt) {
  return new Map(
    Object.entries(rows).map(([step, state]) => {
      const key = { subscriberId: reader.id, mailing: `course_records_run-1_${step}` };
      const row = { ...key, state, owner: "pkt.1", attempt: 1, claimedAt: settledAt, settledAt };
      return [deliveryKey(key), row];
    }),
  );
}

const progress = (changes: Partial<Enrolment>, of = course, now: Instant = addHours(sentAt, 5)) =>
  courseProgress(
    of,
    { reader, enrolment: { ...enrolment, ...changes }, ledger: ledger({ welcome: "sent", school: "sent" }) },
    now,
  );

describe("how far a reader is", () => {
  it("is complete with the numbered steps, whatever was only read", () => {
    const done = { school: sentAt, training: sentAt };
    expect(progress({ done }).complete).toBe(true);
    expect(progress({ done: { school: sentAt, welcome: sentAt } }).complete).toBe(false);
    const unnumbered = { ...course, steps: course.steps.map(({ number: _, ...step }) => step) };
    expect(progress({ done }, unnumbered).complete).toBe(false);
  });

  it("has nothing next where the course has ended, was stopped, or was left", () => {
    for (const state of ["finished", "stopped"] as const) expect(progress({ state }).next).toBeUndefined();
    const left = { ...reader, lists: {} };
    const walked = { reader: left, enrolment, ledger: ledger({ school: "sent" }) };
    expect(courseProgress(course, walked, sentAt).next).toBeUndefined();
  });

  it("does not know when the next step comes while the one before is on its way", () => {
    const walked = { reader, enrolment, ledger: ledger({ school: "sending" }) };
    const now = "2027-03-11T14:00:00.000Z";
    expect(courseProgress(course, walked, now).next).toEqual({ step: course.steps[2] });
  });
});

describe("a reader in a hurry", () => {
  it("may have the next step on the day after the last one", () => {
    expect(progress({}).next).toMatchObject({
      at: "2027-03-10T14:00:00.000Z",
      sooner: { after: "school", at: "2027-03-04T14:00:00.000Z" },
    });
  });

  it("is offered nothing where the step comes as soon, or the reader has paused", () => {
    const quick = course.steps.map((step) => ({ ...step, delayDays: 0, delayMinutes: 5 }));
    const dueAt = addMinutes(sentAt, 5);
    const soon = progress({ dueAt }, { ...course, steps: quick }, sentAt).next;
    expect(soon?.at).toBe(dueAt);
    expect(soon).not.toHaveProperty("sooner");
    const paused = subscriber({ rhythm: { pausedUntil: "2027-04-01T04:00:00.000Z" } });
    const walked = { reader: paused, enrolment, ledger: ledger({ school: "sent" }) };
    expect(courseProgress(course, walked, sentAt).next).not.toHaveProperty("sooner");
  });

  it("gets it in the window, never before now, on the day of the last one, or later than without", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 * 24 * 12 }),
        fc.integer({ min: 0, max: 60 * 24 * 12 }),
        fc.constantFrom("America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles"),
        fc.constantFrom(...speeds),
        (before, since, zone, speed) => {
          const sent = addMinutes(sentAt, before);
          const now = addMinutes(sent, since);
          const person = subscriber({ zone, rhythm: { speed } });
          const walked = { reader: person, enrolment, ledger: ledger({ school: "sent" }, sent) };
          const { at, sooner } = courseProgress(course, walked, now).next ?? {};
          if (!at || !sooner) return;
          expect(sooner.at < at && sooner.at >= now).toBe(true);
          expect(isInWindow(sooner.at, zone, course.window)).toBe(true);
          expect(localDate(sooner.at, zone)).not.toBe(localDate(sent, zone));
        },
      ),
    );
  });
});
