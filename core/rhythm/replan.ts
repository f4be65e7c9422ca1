import { type Catalogue, type Course, courseNamed } from "../catalogue.ts";
import type { DueEnrolment, Enrolment } from "../course/enrolment.ts";
import { firstStepDue, walks } from "../course/plan.ts";
import type { Digests } from "../digest/digest-ports.ts";
import { type DigestPlan, digestList } from "../digest/digest-subscription.ts";
import { isLeftToDispatch, replannedDigest } from "../digest/plan-digest.ts";
import { AppError } from "../errors.ts";
import type { DigestStandings } from "../explain/explain-ports.ts";
import type { Enrolments, Subscribers } from "../ports.ts";
import { isWanted, type ReminderDate } from "../reminder/reminder-date.ts";
import type { ReminderDates } from "../reminder/reminder-ports.ts";
import { reminderTime, whereaboutsOf } from "../reminder/reminder-time.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { listsIn, type Subscriber, strikeOff } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { type Instant, toInstant, toMilliseconds } from "../time/instant.ts";

export interface ReplanDeps {
  subscribers: Subscribers;
  enrolments: Pick<Enrolments, "loadMany" | "advance">;
  digests: Pick<Digests, "advance"> & DigestStandings;
  dates: Pick<ReminderDates, "of" | "move">;
  clock: Clock;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

const attempts = 5;

/**
 * Looks anew at all that was planned by another rhythm or zone, then strikes the task off. A change of them calls it at
 * once; should that fail, dispatch finds the task within a minute. Twice is harmless: it only has dispatch look sooner.
 */
export async function replan(deps: ReplanDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.replan;
  if (!dueAt) return;
  const courses = listsIn(subscriber, "joined").flatMap((list) => courseNamed(deps.catalogue, list) ?? []);
  for (const course of courses) await replanCourse(deps, subscriber, course);
  const isDigestPlanned = await replanDigest(deps, subscriber);
  await replanDates(deps, subscriber);
  if (!isDigestPlanned) return;
  await changeSubscriber(deps.subscribers, subscriber.id, (current) => strikeOff(current, "replan", dueAt));
}

/** When dispatch should come back to an enrolment, as it plans it by the rhythm and zone of now. */
export function lookAgainAt(
  course: Course,
  { previous, goesFrom, step, startedAt, dueAt }: Enrolment,
  reader: Subscriber,
  now: Instant,
): Instant {
  // The planner reckons the delay from the step before; only here is known when a run began that has none yet.
  const isFirst = previous === undefined && goesFrom === undefined && step === course.steps[0]?.id;
  const first = isFirst ? firstStepDue(course, reader, startedAt) : now;
  if (first > now) return first;
  // A dispatch that plans by the rhythm of before must find that the instant it read has gone, so each is an earlier one.
  return dueAt === undefined || dueAt > now ? now : toInstant(toMilliseconds(dueAt) - 1);
}

function replanCourse(deps: ReplanDeps, reader: Subscriber, course: Course): Promise<void> {
  return untilItHolds(async () => {
    const [enrolment] = await deps.enrolments.loadMany(reader.id, [course.name]);
    const due = enrolment && dueOf(enrolment);
    if (!enrolment || !due || !walks(reader, due)) return true;
    return deps.enrolments.advance(due, {
      state: "walking",
      step: due.step,
      ...(due.goesFrom !== undefined && { goesFrom: due.goesFrom }),
      dueAt: lookAgainAt(course, enrolment, reader, deps.clock.now()),
    });
  });
}

/** An enrolment that walks, as dispatch would read it. */
export function dueOf({ subscriberId, course, run, state, ...row }: Enrolment): DueEnrolment | undefined {
  const { step, previous, goesFrom, dueAt } = row;
  if (state !== "walking" || step === undefined || dueAt === undefined) return undefined;
  return {
    subscriberId,
    course,
    run,
    step,
    ...(previous !== undefined && { previous }),
    ...(goesFrom !== undefined && { goesFrom }),
    dueAt,
  };
}

/** False while the digest is left to dispatch, which moves it within minutes: then it is looked at once more. */
async function replanDigest(deps: ReplanDeps, reader: Subscriber): Promise<boolean> {
  const { window } = deps.catalogue.site.defaults;
  let isPlanned = true;
  await untilItHolds(async () => {
    isPlanned = true;
    const { run, ...plan } = (await deps.digests.load(reader.id)) ?? {};
    const membership = reader.lists[digestList];
    if (!isDigestPlan(plan) || membership?.state !== "joined") return true;
    if (run === undefined || run !== membership.run) return true;
    const now = deps.clock.now();
    isPlanned = !isLeftToDispatch(plan, now);
    if (!isPlanned) return true;
    const to = replannedDigest(reader, plan, window, now);
    const isSame = to.dueAt === plan.dueAt && to.edition === plan.edition;
    return isSame || deps.digests.advance({ subscriberId: reader.id, run, ...plan }, to);
  });
  return isPlanned;
}

/** A reminder stays on its day, at the hour of where the reader is now. One that is on its way is decided by its last look. */
async function replanDates(deps: ReplanDeps, reader: Subscriber): Promise<void> {
  const where = whereaboutsOf(reader, deps.catalogue.site);
  for (const date of await deps.dates.of(reader.id)) {
    if (!isPlanned(date) || !isWanted(date, reader)) continue;
    const to = reminderTime(date, date.daysBefore, where, deps.clock.now());
    // One that was taken back, or has gone, needs no other time; one that is too late is for dispatch to pass over.
    if (to !== undefined && to !== date.dueAt) await deps.dates.move(date, to);
  }
}

function isPlanned(date: ReminderDate): date is ReminderDate & { dueAt: Instant } {
  return date.dueAt !== undefined;
}

function isDigestPlan(plan: Partial<DigestPlan>): plan is DigestPlan {
  return plan.edition !== undefined && plan.dueAt !== undefined;
}

/** Whoever was faster may have planned by the rhythm of before, so what they wrote is looked at, too. */
async function untilItHolds(change: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) if (await change()) return;
  throw new AppError("unavailable", "rhythm.contended", "The plans of a subscriber kept changing; try again");
}
