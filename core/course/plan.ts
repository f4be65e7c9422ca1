import type { Course, Step } from "../catalogue.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { type Subscriber, statusOf } from "../subscriber/subscriber.ts";
import { addHours, addMinutes, type Instant } from "../time/instant.ts";
import { nextInWindow, startOfDayAfter } from "../time/window.ts";
import type { Because } from "./because.ts";
import type { DueEnrolment } from "./enrolment.ts";

/** What dispatch does with an enrolment that is due, and why. */
export type CoursePlan = CourseAction & { because: Because[] };

type CourseAction =
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
  if (!step) return { do: "stop", because: [{ why: "no-step" }] };
  if (!subscriber) return { do: "stop", because: [{ why: "gone" }] };
  if (!walks(subscriber, enrolment))
    return { do: "stop", because: [{ why: subscriber.suppressed ? "suppressed" : "left" }] };
  const wait = (until: Instant, ...because: Because[]): CoursePlan => ({
    do: "wait",
    step: step.id,
    until,
    because,
  });

  if (enrolment.previous !== undefined) {
    const { state, reason } = previous ?? {};
    if (state === undefined || state === "sending" || state === "released") {
      const behind = { why: "unsettled", step: enrolment.previous, ...(state && { state }) } as const;
      return wait(addMinutes(now, unsettledPatienceMinutes), behind);
    }
    if (state === "failed") {
      const behind = { why: "failed", step: enrolment.previous, ...(reason && { reason }) } as const;
      return wait(addHours(now, failedPatienceHours), behind);
    }
  }
  const earliest = previous
    ? stepDue(course, step, subscriber.zone, previous.settledAt ?? previous.claimedAt)
    : { at: now, because: [] };
  if (earliest.at > now) return wait(earliest.at, ...earliest.because);
  const open = whenOpen(course, step, subscriber.zone, now);
  const because = [...earliest.because, ...windowReason(course, step, subscriber.zone, now, open)];
  if (open > now) return wait(open, ...because);

  const next = stepAfter(course, step.id);
  return next
    ? {
        do: "send",
        step: step.id,
        next: { step: next.id, dueAt: stepDue(course, next, subscriber.zone, now).at },
        because,
      }
    : { do: "send", step: step.id, because };
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
function stepDue(
  course: Course,
  step: Step,
  zone: string,
  previousAt: Instant,
): { at: Instant; because: Because[] } {
  const { delayDays: days, delayMinutes: minutes = 0 } = step;
  const from = days === 0 ? addMinutes(previousAt, minutes) : startOfDayAfter(previousAt, zone, days);
  const at = whenOpen(course, step, zone, from);
  const delay: Because = { why: "delay", days, minutes: days === 0 ? minutes : 0, after: previousAt, from };
  return { at, because: [delay, ...windowReason(course, step, zone, from, at)] };
}

function windowReason(course: Course, step: Step, zone: string, from: Instant, opensAt: Instant): Because[] {
  const window = step.window ?? course.window;
  return window === "always" || opensAt <= from ? [] : [{ why: "window", window, zone, from, opensAt }];
}

/** When the first step of a run is due that starts at `startedAt`. */
export function firstStepDue(course: Course, zone: string, startedAt: Instant): Instant {
  const [first] = course.steps;
  return first ? stepDue(course, first, zone, startedAt).at : startedAt;
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
