import { type Course, courseNamed } from "../catalogue.ts";
import type { Digests } from "../digest/digest-ports.ts";
import {
  type StartDigestAfterCoursesDeps,
  startDigestAfterCourses,
} from "../digest/start-digest-after-courses.ts";
import type { DigestStandings } from "../explain/explain-ports.ts";
import type { Nudges } from "../nudge/nudge-ports.ts";
import { startNudge } from "../nudge/start-nudge.ts";
import type { Enrolments, Subscribers } from "../ports.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { listsIn, type Subscriber, strikeOff } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";
import type { Enrolment } from "./enrolment.ts";
import { firstStepDue, stepAfter, whenOpen } from "./plan.ts";

/** What is needed to start what somebody has joined. */
export interface StartJoinedDeps extends StartDigestAfterCoursesDeps {
  enrolments: Pick<Enrolments, "start" | "resume" | "loadMany">;
  nudges: Pick<Nudges, "start">;
  clock: Clock;
}

export interface EnrolDeps extends StartJoinedDeps {
  subscribers: Subscribers;
  enrolments: Enrolments;
  nudges: Nudges;
  digests: Digests & DigestStandings;
}

/**
 * Starts every course that was joined, or lets it go on where mail was kept back for a while, and the digest if no course
 * is still to come before it, then strikes the task off. Confirmation calls it at once; should that fail, dispatch finds
 * the task within a minute. Twice is harmless: a run is started once.
 */
export async function enrol(deps: EnrolDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.enrol;
  if (!dueAt || dueAt > deps.clock.now()) return;
  await startJoined(deps, subscriber, dueAt);
  await changeSubscriber(deps.subscribers, subscriber.id, (current) => strikeOff(current, "enrol", dueAt));
}

/** Starts, or lets go on, whatever somebody has joined by that instant. Twice is harmless. */
export async function startJoined(deps: StartJoinedDeps, subscriber: Subscriber, at: Instant): Promise<void> {
  for (const list of listsIn(subscriber, "joined")) {
    const course = courseNamed(deps.catalogue, list);
    if (!course) continue;
    await startRun(deps, course, subscriber, at);
    await resumeRun(deps, course, subscriber);
  }
  await startDigestAfterCourses(deps, subscriber, at);
}

async function startRun(
  deps: StartJoinedDeps,
  course: Course,
  subscriber: Subscriber,
  at: Instant,
): Promise<void> {
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
          ...(await keptFromBefore(deps, course, subscriber)),
        },
  );
  await startNudge(deps, course, { ...base, startsAt: goesFrom ?? at }, subscriber);
}

/** Lets a run that was stopped go on after the step that was enqueued last; the planner waits for that step's delay. */
async function resumeRun(deps: StartJoinedDeps, course: Course, subscriber: Subscriber): Promise<void> {
  const { run, from } = subscriber.lists[course.name] ?? {};
  const [stopped] = await deps.enrolments.loadMany(subscriber.id, [course.name]);
  if (stopped?.state !== "stopped" || stopped.run !== run) return;
  const { previous, startedAt } = stopped;
  const first = course.steps.find(({ id }) => id === from) ?? course.steps[0];
  const step = previous === undefined ? first : stepAfter(course, previous);
  if (!step) return;
  const now = deps.clock.now();
  const begins =
    from === undefined
      ? firstStepDue(course, subscriber, startedAt)
      : startOfDayAfter(startedAt, subscriber.zone, 1);
  const dueAt = previous === undefined && begins > now ? begins : now;
  await deps.enrolments.resume(stopped, { step: step.id, dueAt });
}

/** What the reader has done and ticked in an earlier run. Of a step that comes again it counts once it has come. */
async function keptFromBefore(
  { enrolments }: StartJoinedDeps,
  course: Course,
  { id }: Pick<Subscriber, "id">,
): Promise<Pick<Enrolment, "done" | "tasks">> {
  const [before] = await enrolments.loadMany(id, [course.name]);
  return { done: before?.done ?? {}, tasks: before?.tasks ?? {} };
}
