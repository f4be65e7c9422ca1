import { type Catalogue, type Course, courseNamed } from "../catalogue.ts";
import type { Digests } from "../digest/digest-ports.ts";
import { startDigestAfterCourses } from "../digest/start-digest-after-courses.ts";
import type { Nudges } from "../nudge/nudge-ports.ts";
import { startNudge } from "../nudge/start-nudge.ts";
import type { Enrolments, Subscribers } from "../ports.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { listsIn, type Subscriber, strikeOff } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";
import type { Enrolment } from "./enrolment.ts";
import { firstStepDue, whenOpen } from "./plan.ts";

export interface EnrolDeps {
  subscribers: Subscribers;
  enrolments: Enrolments;
  nudges: Nudges;
  digests: Digests;
  clock: Clock;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

/**
 * Starts every course that was joined, and the digest if no course is still to come before it, then strikes the task off.
 * Confirmation calls it at once; should that fail, dispatch finds the task within a minute. Twice is harmless: a run is
 * started once.
 */
export async function enrol(deps: EnrolDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.enrol;
  if (!dueAt) return;
  for (const list of listsIn(subscriber, "joined")) {
    const course = courseNamed(deps.catalogue, list);
    if (course) await startRun(deps, course, subscriber, dueAt);
  }
  await startDigestAfterCourses(deps, subscriber, dueAt);
  await changeSubscriber(deps.subscribers, subscriber.id, (current) => strikeOff(current, "enrol", dueAt));
}

async function startRun(deps: EnrolDeps, course: Course, subscriber: Subscriber, at: Instant): Promise<void> {
  const { run = 1, from } = subscriber.lists[course.name] ?? {};
  const step = course.steps.find(({ id }) => id === from) ?? course.steps[0];
  if (!step) return;
  const base = { subscriberId: subscriber.id, course: course.name, run, step: step.id };
  const row = { ...base, state: "walking", startedAt: at } as const;
  // The day on which somebody starts again may have brought a step already.
  const goesFrom = from === undefined ? undefined : startOfDayAfter(at, subscriber.zone, 1);
  await deps.enrolments.start(
    goesFrom === undefined
      ? { ...row, dueAt: firstStepDue(course, subscriber, at) }
      : {
          ...row,
          goesFrom,
          dueAt: whenOpen(course, step, subscriber, goesFrom),
          ...(await keptFromBefore(deps, course, base)),
        },
  );
  await startNudge(deps, course, { ...base, startsAt: goesFrom ?? at }, subscriber);
}

/** What the reader has done and ticked in an earlier run, of the steps that are not walked again. */
async function keptFromBefore(
  { enrolments }: EnrolDeps,
  course: Course,
  { subscriberId, step }: Pick<Enrolment, "subscriberId" | "step">,
): Promise<Pick<Enrolment, "done" | "tasks">> {
  const [before] = await enrolments.loadMany(subscriberId, [course.name]);
  const ids = course.steps.map(({ id }) => id);
  const kept = new Set(ids.slice(0, ids.indexOf(step ?? "")));
  const keptOf = <T>(bySteps: Record<string, T> = {}): Record<string, T> =>
    Object.fromEntries(Object.entries(bySteps).filter(([id]) => kept.has(id)));
  return { done: keptOf(before?.done), tasks: keptOf(before?.tasks) };
}
