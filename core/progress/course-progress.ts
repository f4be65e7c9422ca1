import type { Course, Step } from "../catalogue.ts";
import type { Enrolment } from "../course/enrolment.ts";
import { forecastStep } from "../course/forecast-step.ts";
import { soonestFrom } from "../course/hasten.ts";
import { whenOpen } from "../course/plan.ts";
import { type StepStanding, stepStandings } from "../course/step-states.ts";
import { arrived } from "../course/was-sent.ts";
import { type Delivery, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import { pausedUntil } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";

/** How far a reader has come in a course. */
export interface CourseProgress {
  course: Course;
  steps: StepStanding[];
  /** All its mails have come. */
  finished: boolean;
  /** All its steps that are to be done are. */
  complete: boolean;
  startedAt?: Instant;
  next?: NextStep;
}

/** The step that comes next, and when, as far as that is known. */
export interface NextStep {
  step: Step;
  at?: Instant;
  /** When it comes to a reader who marks the step `after` and is in a hurry, if that is earlier. */
  sooner?: { after: string; at: Instant };
}

/** What of a reader's rows tells where they stand. */
export interface Walked {
  reader: Subscriber;
  enrolment: Enrolment | undefined;
  ledger: ReadonlyMap<string, Delivery>;
}

/** Puts together what the ledger, the plan and the reader's own marks tell of one course. */
export function courseProgress(course: Course, walked: Walked, now: Instant): CourseProgress {
  const { reader, enrolment, ledger } = walked;
  const steps = stepStandings(course, enrolment, ledger, reader.lists[course.name]?.from);
  const next = nextStep(course, walked, now);
  return {
    course,
    steps,
    finished:
      enrolment?.state === "finished" && steps.every(({ state }) => state !== "next" && state !== "later"),
    complete: stepsToDo(steps).every(({ state }) => state === "done"),
    ...(enrolment && { startedAt: enrolment.startedAt }),
    ...(next && { next }),
  };
}

/** The steps to be done: a welcome and a farewell are only read, unless there is nothing else. */
export function stepsToDo(steps: StepStanding[]): StepStanding[] {
  const numbered = steps.filter(({ step }) => step.number !== undefined);
  return numbered.length > 0 ? numbered : steps;
}

function nextStep(course: Course, { reader, enrolment, ledger }: Walked, now: Instant): NextStep | undefined {
  if (enrolment?.state !== "walking" || !enrolment.step || !enrolment.dueAt) return undefined;
  const { previous, step: planned, dueAt, ...rest } = enrolment;
  const due = { ...rest, step: planned, dueAt, ...(previous !== undefined && { previous }) };
  const mailing =
    previous && mailingId({ kind: "course", course: course.name, run: due.run, step: previous });
  const before = mailing ? ledger.get(deliveryKey({ subscriberId: due.subscriberId, mailing })) : undefined;
  const forecast = forecastStep(course, due, reader, before, now);
  if (forecast.status === "stops") return undefined;
  const step = course.steps.find(({ id }) => id === forecast.step);
  if (!step) return undefined;
  if (forecast.status === "waits") return { step };
  const soonest = arrived(before) && whenOpen(course, step, reader, soonestFrom(before, reader, now));
  const isSooner = soonest && soonest < forecast.at && !pausedUntil(reader, now);
  return {
    step,
    at: forecast.at,
    ...(isSooner && previous !== undefined && { sooner: { after: previous, at: soonest } }),
  };
}
