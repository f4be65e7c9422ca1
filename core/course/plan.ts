import type { Course, Step } from "../catalogue.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { daysBetween, pausedUntil, type Reader, windowOf } from "../rhythm/rhythm.ts";
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

  // Before the step before, which a pause keeps in its packet: the end of a pause wakes the plan.
  const paused = pausedUntil(subscriber, now);
  if (paused) return wait(paused, { why: "paused", until: paused });
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
  const earliest = earliestOf(course, step, subscriber, enrolment.goesFrom, previous, now);
  if (earliest.at > now) return wait(earliest.at, ...earliest.because);
  const open = whenOpen(course, step, subscriber, now);
  const because = [...earliest.because, ...windowReason(course, step, subscriber, now, open)];
  if (open > now) return wait(open, ...because);

  const next = stepAfter(course, step.id);
  return next
    ? {
        do: "send",
        step: step.id,
        next: { step: next.id, dueAt: stepDue(course, next, subscriber, now).at },
        because,
      }
    : { do: "send", step: step.id, because };
}

/** Whether a step is that day's mail. What goes at any hour was just asked for, and minutes apart a course is only tried out. */
export function countsForDay({ window, delayMinutes = 0 }: Step): boolean {
  return window !== "always" && delayMinutes === 0;
}

/** The step that the plan names or, if the course has dropped it since, the one that now follows the last sent. */
export function stepToGo(course: Course, enrolment: DueEnrolment): Step | undefined {
  const planned = course.steps.find((step) => step.id === enrolment.step);
  return planned ?? (enrolment.previous === undefined ? undefined : stepAfter(course, enrolment.previous));
}

/** The step that follows another; undefined after the last, and after one that the course has dropped. */
export function stepAfter(course: Course, id: string): Step | undefined {
  const position = course.steps.findIndex((step) => step.id === id);
  return position < 0 ? undefined : course.steps[position + 1];
}

/** Before that the step does not go, whoever comes to look: by its delay, or as the reader asked. */
function earliestOf(
  course: Course,
  step: Step,
  reader: Reader,
  goesFrom: Instant | undefined,
  previous: Delivery | undefined,
  now: Instant,
): { at: Instant; because: Because[] } {
  if (goesFrom) {
    const at = whenOpen(course, step, reader, goesFrom);
    return {
      at,
      because: [{ why: "asked", from: goesFrom }, ...windowReason(course, step, reader, goesFrom, at)],
    };
  }
  if (!previous) return { at: now, because: [] };
  return stepDue(course, step, reader, previous.settledAt ?? previous.claimedAt);
}

/** When a step is due that follows one sent at `previousAt`: so many calendar days, or minutes, later, as the window opens. */
export function stepDue(
  course: Course,
  step: Step,
  reader: Reader,
  previousAt: Instant,
): { at: Instant; because: Because[] } {
  const { delayMinutes: minutes = 0 } = step;
  const days = daysBetween(step, reader);
  const from = days === 0 ? addMinutes(previousAt, minutes) : startOfDayAfter(previousAt, reader.zone, days);
  const at = whenOpen(course, step, reader, from);
  const delay: Because = { why: "delay", days, minutes: days === 0 ? minutes : 0, after: previousAt, from };
  return { at, because: [delay, ...windowReason(course, step, reader, from, at)] };
}

function windowReason(
  course: Course,
  step: Step,
  reader: Reader,
  from: Instant,
  opensAt: Instant,
): Because[] {
  const window = step.window ?? course.window;
  if (window === "always" || opensAt <= from) return [];
  return [{ why: "window", window: windowOf(reader, window), zone: reader.zone, from, opensAt }];
}

/** When the first step of a run is due that starts at `startedAt`. */
export function firstStepDue(course: Course, reader: Reader, startedAt: Instant): Instant {
  const [first] = course.steps;
  return first ? stepDue(course, first, reader, startedAt).at : startedAt;
}

/** The first instant, not before `from`, at which this step's window is open for the reader. */
export function whenOpen(
  course: Course,
  step: Step,
  reader: Reader,
  from: Instant,
  gaveWay = false,
): Instant {
  const window = step.window ?? course.window;
  return window === "always" ? from : nextInWindow(from, reader.zone, windowOf(reader, window, gaveWay));
}

/** Whether the person is on this run of the course. */
export function walks(subscriber: Subscriber, at: { course: string; run: number }): boolean {
  const membership = subscriber.lists[at.course];
  return statusOf(subscriber) === "active" && membership?.state === "joined" && membership.run === at.run;
}
