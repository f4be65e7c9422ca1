import type { Course, Step } from "../catalogue.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { type Subscriber, statusOf } from "../subscriber/subscriber.ts";
import { addHours, addMinutes, type Instant } from "../time/instant.ts";
import { nextInWindow, startOfDayAfter } from "../time/window.ts";
import type { DueEnrolment } from "./enrolment.ts";

/** What dispatch does with an enrolment that is due. */
export type CoursePlan =
  /** Send this step now, and plan the next one; without `next` the course is finished with it. */
  | { do: "send"; step: string; next?: { step: string; dueAt: Instant } }
  /** Look again at that instant: it is too early, or the step before is not settled. */
  | { do: "wait"; step: string; until: Instant }
  /** The person left the course, or may not be written to. */
  | { do: "stop" };

const unsettledPatienceMinutes = 15;
const failedPatienceHours = 24;

/**
 * Plans one enrolment from what is known now: the subscriber, and the ledger's row of the step sent before. A step
 * goes only when the one before is final or `unknown`, and never sooner after it than the course says.
 */
export function planStep(
  course: Course,
  enrolment: DueEnrolment,
  subscriber: Subscriber | undefined,
  previous: Delivery | undefined,
  now: Instant,
): CoursePlan {
  const step = stepToGo(course, enrolment);
  if (!step || !subscriber || !walks(subscriber, enrolment)) return { do: "stop" };
  const wait = (until: Instant): CoursePlan => ({ do: "wait", step: step.id, until });

  if (enrolment.previous !== undefined) {
    if (!previous || previous.state === "sending" || previous.state === "released") {
      return wait(addMinutes(now, unsettledPatienceMinutes));
    }
    if (previous.state === "failed") return wait(addHours(now, failedPatienceHours));
  }
  const earliest = previous
    ? stepDue(course, step, subscriber.zone, previous.settledAt ?? previous.claimedAt)
    : now;
  if (earliest > now) return wait(earliest);
  const open = whenOpen(course, step, subscriber.zone, now);
  if (open > now) return wait(open);

  const next = stepAfter(course, step.id);
  return next
    ? {
        do: "send",
        step: step.id,
        next: { step: next.id, dueAt: stepDue(course, next, subscriber.zone, now) },
      }
    : { do: "send", step: step.id };
}

/** The step that the plan names or, if the course has dropped it since, the one that now follows the last sent. */
function stepToGo(course: Course, enrolment: DueEnrolment): Step | undefined {
  const planned = course.steps.find((step) => step.id === enrolment.step);
  return planned ?? (enrolment.previous === undefined ? undefined : stepAfter(course, enrolment.previous));
}

function stepAfter(course: Course, id: string): Step | undefined {
  const position = course.steps.findIndex((step) => step.id === id);
  return position < 0 ? undefined : course.steps[position + 1];
}

/** When a step is due that follows one sent at `previousAt`: so many calendar days, or minutes, later, as the window opens. */
function stepDue(course: Course, step: Step, zone: string, previousAt: Instant): Instant {
  const from =
    step.delayDays === 0
      ? addMinutes(previousAt, step.delayMinutes ?? 0)
      : startOfDayAfter(previousAt, zone, step.delayDays);
  return whenOpen(course, step, zone, from);
}

/** When the first step of a run is due that starts at `startedAt`. */
export function firstStepDue(course: Course, zone: string, startedAt: Instant): Instant {
  const [first] = course.steps;
  return first ? stepDue(course, first, zone, startedAt) : startedAt;
}

/** The first instant, not before `from`, at which this step's window is open. */
export function whenOpen(course: Course, step: Step, zone: string, from: Instant): Instant {
  const window = step.window ?? course.window;
  return window === "always" ? from : nextInWindow(from, zone, window);
}

/** Whether the person is on this run of the course. */
export function walks(subscriber: Subscriber, at: { course: string; run: number }): boolean {
  const membership = subscriber.lists[at.course];
  return statusOf(subscriber) === "active" && membership?.state === "joined" && membership.run === at.run;
}
