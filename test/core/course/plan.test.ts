import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planStep } from "../../../core/course/plan.ts";
import type { Delivery, DeliveryState } from "../../../core/delivery/delivery.ts";
import { addMinutes, localDate } from "../../../core/time/instant.ts";
import { isInWindow } from "../../../core/time/window.ts";
import { course } from "../../helpers/catalogue.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";

const monday9 = "2027-03-08T14:00:00.000Z"; // 09:00 in New York
const ada = subscriber();

describe("a step that is due", () => {
  it("goes, and the next is planned by calendar days at the window's first minute, over a clock change", () => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", "sent", "2027-03-06T13:00:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({
      do: "send",
      step: "school",
      next: { step: "training", dueAt: "2027-03-15T13:00:00.000Z" },
    });
  });

  it("is the last one: nothing follows", () => {
    const plan = planStep(
      course,
      due("farewell"),
      ada,
      row("training", "sent", "2027-03-01T14:00:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({ do: "send", step: "farewell" });
    expect(plan).not.toHaveProperty("next");
  });

  it("goes at once when it is the welcome, at any hour", () => {
    const plan = planStep(course, due("welcome"), ada, undefined, "2027-03-07T04:30:00.000Z");
    expect(plan).toMatchObject({
      do: "send",
      step: "welcome",
      next: { step: "school", dueAt: "2027-03-08T14:00:00.000Z" },
    });
  });

  it("waits for the next window when this one was missed", () => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", "sent", "2027-03-04T13:00:00.000Z"),
      "2027-03-08T17:00:00.000Z",
    );
    expect(plan).toMatchObject({ do: "wait", step: "school", until: "2027-03-09T14:00:00.000Z" });
  });

  it("goes so many minutes after the step before, in a course that counts minutes", () => {
    const steps = course.steps.map((step) => ({
      ...step,
      delayDays: 0,
      delayMinutes: 2,
      window: "always" as const,
    }));
    const plan = (sentAt: string) =>
      planStep({ ...course, steps }, due("school"), ada, row("welcome", "sent", sentAt), monday9);
    expect(plan(addMinutes(monday9, -1))).toMatchObject({
      do: "wait",
      step: "school",
      until: addMinutes(monday9, 1),
    });
    expect(plan(addMinutes(monday9, -2))).toMatchObject({
      do: "send",
      step: "school",
      next: { step: "training", dueAt: addMinutes(monday9, 2) },
    });
  });

  it("keeps its distance from a step before that went late", () => {
    const plan = planStep(
      course,
      due("training"),
      ada,
      row("school", "sent", "2027-03-03T14:30:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({ do: "wait", step: "training", until: "2027-03-10T14:00:00.000Z" });
  });

  it.each(["sending", "released"] as const)("waits while the step before is %s", (state) => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", state, "2027-03-01T13:00:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({ do: "wait", step: "school", until: addMinutes(monday9, 15) });
  });

  it("waits while the packet of the step before is still open", () => {
    expect(planStep(course, due("school"), ada, undefined, monday9).do).toBe("wait");
  });

  it("waits behind a step that failed", () => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", "failed", "2027-03-01T13:00:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({ do: "wait", step: "school", until: "2027-03-09T14:00:00.000Z" });
  });

  it.each(["unknown", "skipped"] as const)("goes on after one that is %s", (state) => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", state, "2027-03-01T13:00:00.000Z"),
      monday9,
    );
    expect(plan.do).toBe("send");
  });

  it.each([
    ["left the course", subscriber(member("left"))],
    ["has not confirmed", subscriber(member("wanted"))],
    ["walks a later run", subscriber(member("joined", 2))],
    ["bounced", subscriber(bounced)],
    ["is gone", undefined],
  ])("stops when the person %s", (_, person) => {
    const sent = row("welcome", "sent", "2027-03-01T13:00:00.000Z");
    expect(planStep(course, due("school"), person, sent, monday9)).toMatchObject({ do: "stop" });
  });

  it("does not wait for a step that was put in before it after the reader had passed", () => {
    const steps = course.steps.flatMap((step) =>
      step.id === "training" ? [{ ...step, id: "added" }, step] : [step],
    );
    const sent = row("school", "sent", "2027-03-01T14:00:00.000Z");
    const plan = planStep(
      { ...course, steps },
      { ...due("training"), previous: "school" },
      ada,
      sent,
      monday9,
    );
    expect(plan.do).toBe("send");
  });

  it("that the course has dropped gives way to the one that now follows the last sent", () => {
    const steps = course.steps.filter(({ id }) => id !== "training");
    const sent = row("school", "sent", "2027-03-01T14:00:00.000Z");
    const plan = planStep(
      { ...course, steps },
      { ...due("training"), previous: "school" },
      ada,
      sent,
      monday9,
    );
    expect(plan).toMatchObject({ do: "send", step: "farewell" });
    expect(plan).not.toHaveProperty("next");
  });

  it("stops when the course no longer has it", () => {
    expect(planStep(course, due("retired"), ada, undefined, monday9)).toMatchObject({ do: "stop" });
  });
});

describe("over any zone, time and history", () => {
  it("a step goes only inside its window, on a later local day than the step before, and the next is later still", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
        fc.date({ min: new Date("2027-01-01"), max: new Date("2028-01-01"), noInvalidDate: true }),
        fc.integer({ min: 0, max: 20 * 24 * 60 }),
        (zone, sentAt, minutes) => {
          const before = row("school", "sent", sentAt.toISOString());
          const now = addMinutes(sentAt.toISOString(), minutes);
          const plan = planStep(course, due("training"), subscriber({ zone }), before, now);
          if (plan.do === "wait") expect(plan.until > now).toBe(true);
          if (plan.do !== "send") return;
          expect(isInWindow(now, zone, course.window)).toBe(true);
          expect(
            daysBetween(localDate(sentAt.toISOString(), zone), localDate(now, zone)),
          ).toBeGreaterThanOrEqual(7);
          expect(
            daysBetween(localDate(now, zone), localDate(plan.next?.dueAt ?? "", zone)),
          ).toBeGreaterThanOrEqual(7);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** An enrolment at a step, after the one that stands before it in the course. */
function due(step: string) {
  const before = course.steps[course.steps.findIndex(({ id }) => id === step) - 1]?.id;
  return {
    subscriberId: "sub_1",
    course: course.name,
    run: 1,
    step,
    ...(before && { previous: before }),
    dueAt: monday9,
  };
}

function row(step: string, state: DeliveryState, at: string): Delivery {
  const settled = state === "sending" || state === "released" ? {} : { settledAt: at };
  return {
    subscriberId: "sub_1",
    mailing: `course_records_run-1_${step}`,
    state,
    owner: "pkt_1.1",
    attempt: 1,
    claimedAt: at,
    ...settled,
  };
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
