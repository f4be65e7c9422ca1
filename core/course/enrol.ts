import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { Digests } from "../digest/digest-ports.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { startDigest } from "../digest/start-digest.ts";
import type { Enrolments, Subscribers } from "../ports.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { listsIn, type Subscriber, strikeOff } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { firstStepDue } from "./plan.ts";

export interface EnrolDeps {
  subscribers: Subscribers;
  enrolments: Enrolments;
  digests: Digests;
  clock: Clock;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

/**
 * Starts every course that was joined, and the digest, then strikes the task off. Confirmation calls it at once; should that
 * fail, dispatch finds the task within a minute. Twice is harmless: a run is started once.
 */
export async function enrol(deps: EnrolDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.enrol;
  if (!dueAt) return;
  for (const list of listsIn(subscriber, "joined")) {
    if (list === digestList) await startDigest(deps, subscriber, dueAt);
    const course = courseNamed(deps.catalogue, list);
    const [first] = course?.steps ?? [];
    if (!course || !first) continue;
    await deps.enrolments.start({
      subscriberId: subscriber.id,
      course: course.name,
      run: subscriber.lists[list]?.run ?? 1,
      state: "walking",
      step: first.id,
      dueAt: firstStepDue(course, subscriber.zone, dueAt),
      startedAt: dueAt,
    });
  }
  await changeSubscriber(deps.subscribers, subscriber.id, (current) => strikeOff(current, "enrol", dueAt));
}
