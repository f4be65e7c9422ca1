import { type Catalogue, courseNamed } from "../catalogue.ts";
import { fastPath } from "../fast-path.ts";
import type { Limit, Limits } from "../limit/limit-ports.ts";
import type { Deliveries } from "../ports.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { type Subscriber, statusOf } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import { type EnrolDeps, enrol } from "./enrol.ts";
import type { Enrolment } from "./enrolment.ts";
import { arrived, rowsInRuns } from "./was-sent.ts";

export interface RestartCourseDeps extends FindReaderDeps, EnrolDeps {
  subscribers: EnrolDeps["subscribers"];
  deliveries: Pick<Deliveries, "loadMany">;
  limits: Pick<Limits, "take">;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

export type RestartCourseOutcome =
  | { status: "restarted" }
  /** It was left, or was never joined, or mail to the reader came back. */
  | { status: "not-on-course" }
  /** The course has no such step, or it never came to this reader. */
  | { status: "no-step" }
  /** No more today: each is a run more to look back on, and links get forwarded. */
  | { status: "too-often" }
  | Exclude<FoundReader, { status: "found" }>;

const mostInDay: Limit = { most: 5, seconds: 86_400 };

/**
 * Walks a course again from one of its steps on, as a new run: what is queued of the run before is superseded, and what
 * was done before that step stays done. The first step comes on the next day. Twice in a row is once; five times a day
 * is most.
 */
export async function restartCourse(
  deps: RestartCourseDeps,
  input: { token: string; course: string; step: string },
): Promise<RestartCourseOutcome> {
  const found = await findReader(deps, input.token);
  if (found.status !== "found") return found;
  const course = courseNamed(deps.catalogue, input.course);
  if (!course || !isOn(found.reader, course.name)) return { status: "not-on-course" };
  const step = course.steps.find(({ id }) => id === input.step)?.id;
  if (!step) return { status: "no-step" };
  const { run = 1 } = found.reader.lists[course.name] ?? {};
  const rows = await deps.deliveries.loadMany(
    rowsInRuns({ subscriberId: found.reader.id, course: course.name, run }, step),
  );
  if (![...rows.values()].some(arrived)) return { status: "no-step" };

  const [enrolment] = await deps.enrolments.loadMany(found.reader.id, [course.name]);
  const now = deps.clock.now();
  const again = (known: Subscriber) => restart(known, enrolment, { course: course.name, step }, now);
  const allowed =
    !again(found.reader) || (await deps.limits.take(`restart#${found.reader.id}`, mostInDay, now));
  if (!allowed) return { status: "too-often" };
  const reader = await changeSubscriber(deps.subscribers, found.reader.id, again);
  if (!reader || !isOn(reader, course.name)) return { status: "not-on-course" };
  await fastPath(() => enrol(deps, reader));
  return { status: "restarted" };
}

/** The next run of a course that somebody is on; undefined if it stands before that step already. */
function restart(
  subscriber: Subscriber,
  enrolment: Enrolment | undefined,
  { course, step }: { course: string; step: string },
  now: Instant,
): Subscriber | undefined {
  const membership = subscriber.lists[course];
  if (!membership || !isOn(subscriber, course)) return undefined;
  const unbegun = enrolment === undefined || enrolment.run < membership.run;
  if (unbegun ? membership.from === step : isAtItsStart(enrolment, step)) return undefined;
  return {
    ...subscriber,
    lists: { ...subscriber.lists, [course]: { ...membership, run: membership.run + 1, from: step } },
    todo: { ...subscriber.todo, enrol: now },
    changedAt: now,
  };
}

/** Whether a run goes on with that step, and has sent none yet. */
function isAtItsStart({ state, step, previous }: Enrolment, wanted: string): boolean {
  return state === "walking" && step === wanted && previous === undefined;
}

function isOn(subscriber: Subscriber, course: string): boolean {
  return statusOf(subscriber) === "active" && subscriber.lists[course]?.state === "joined";
}
