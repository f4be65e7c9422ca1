import type { Course } from "../catalogue.ts";
import type { Enrolment } from "../course/enrolment.ts";
import { forecastStep } from "../course/forecast-step.ts";
import { walks } from "../course/plan.ts";
import { type Delivery, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import { pausedUntil, type Reader, windowOf } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, localDate } from "../time/instant.ts";
import { nextInWindow, startOfDayAfter } from "../time/window.ts";
import { type DueNudge, mostNudges, nudgeDays } from "./nudge.ts";
import { openSteps } from "./open-steps.ts";

/** What dispatch does with a nudge that is due. */
export type NudgePlan =
  /** Something has been open for long; what, the letter looks up. Without `next` it was the last time. */
  | { do: "send"; next?: Instant }
  /** Looks again at that instant. */
  | { do: "wait"; until: Instant }
  | { do: "over" };

/** What is known of the reader's way: the ledger's rows of this run. */
export interface Way {
  subscriber: Subscriber | undefined;
  enrolment: Enrolment | undefined;
  ledger: ReadonlyMap<string, Delivery>;
}

/**
 * Plans one nudge. Somebody is nudged who has had a step for ten days and not done it: in the window, on a day that
 * brings no step of the course, twice in a run at most. Who wants none, or has paused, is only looked at again.
 */
export function planNudge(course: Course, nudge: DueNudge, way: Way, now: Instant): NudgePlan {
  const { subscriber, enrolment, ledger } = way;
  if (!subscriber || !walks(subscriber, nudge) || enrolment?.run !== nudge.run) return { do: "over" };
  if (nudge.sent >= mostNudges) return { do: "over" };
  const open = openSteps(course, enrolment, subscriber, ledger);
  const isLong = open.some(({ longAt }) => longAt <= now);
  const wait = (from: Instant): NudgePlan => ({ do: "wait", until: whenOpen(course, subscriber, from) });

  if (!isLong || subscriber.rhythm?.nudges === false) {
    const looks = [
      ...open.map(({ longAt }) => longAt).filter((at) => at > now),
      ...(goesOn(enrolment, ledger)
        ? [startOfDayAfter(later(now, enrolment.dueAt), subscriber.zone, nudgeDays)]
        : []),
    ];
    const [next] = looks.sort();
    return next ? wait(next) : { do: "over" };
  }
  const paused = pausedUntil(subscriber, now);
  if (paused) return wait(paused);
  const opensAt = whenOpen(course, subscriber, now);
  if (opensAt > now) return { do: "wait", until: opensAt };
  if (isStepDay(course, enrolment, subscriber, ledger, now))
    return wait(startOfDayAfter(now, subscriber.zone, 1));

  if (nudge.sent + 1 >= mostNudges) return { do: "send" };
  const next = whenOpen(course, subscriber, startOfDayAfter(now, subscriber.zone, nudgeDays));
  return { do: "send", next };
}

/** When a nudge may go, not before `from`. */
export function whenOpen(course: Course, reader: Reader, from: Instant, gaveWay = false): Instant {
  return nextInWindow(from, reader.zone, windowOf(reader, course.window, gaveWay));
}

/** Whether a step has come, or is about to come, on the local day of that instant. */
export function isStepDay(
  course: Course,
  enrolment: Enrolment,
  subscriber: Subscriber,
  ledger: ReadonlyMap<string, Delivery>,
  now: Instant,
): boolean {
  if (isOnItsWay(enrolment, ledger) || cameToday(course, enrolment, subscriber, ledger, now)) return true;
  const { step, dueAt, previous, ...rest } = enrolment;
  if (step === undefined || dueAt === undefined) return false;
  const due = { ...rest, step, dueAt, ...(previous !== undefined && { previous }) };
  const row = previous === undefined ? undefined : rowOf(enrolment, ledger, previous);
  const forecast = forecastStep(course, due, subscriber, row, now);
  const { zone } = subscriber;
  return forecast.status === "goes" && localDate(forecast.at, zone) === localDate(now, zone);
}

/** Whether a step of this run was handed over on the local day of that instant, or is being so. */
function cameToday(
  course: Course,
  enrolment: Enrolment,
  { zone }: Reader,
  ledger: ReadonlyMap<string, Delivery>,
  now: Instant,
): boolean {
  return course.steps.some(({ id }) => {
    const row = rowOf(enrolment, ledger, id);
    if (row?.state !== "sent" && row?.state !== "unknown" && row?.state !== "sending") return false;
    return localDate(row.settledAt ?? row.claimedAt, zone) === localDate(now, zone);
  });
}

/** Whether steps may still come. */
function goesOn(enrolment: Enrolment, ledger: ReadonlyMap<string, Delivery>): boolean {
  return enrolment.state === "walking" || isOnItsWay(enrolment, ledger);
}

/** The step enqueued last is in a packet, and nobody knows yet what becomes of it. */
function isOnItsWay(enrolment: Enrolment, ledger: ReadonlyMap<string, Delivery>): boolean {
  if (enrolment.previous === undefined) return false;
  const state = rowOf(enrolment, ledger, enrolment.previous)?.state;
  return state === undefined || state === "sending" || state === "released";
}

function rowOf(
  { subscriberId, course, run }: Enrolment,
  ledger: ReadonlyMap<string, Delivery>,
  step: string,
) {
  return ledger.get(deliveryKey({ subscriberId, mailing: mailingId({ kind: "course", course, run, step }) }));
}

function later(one: Instant, other: Instant = one): Instant {
  return one > other ? one : other;
}
