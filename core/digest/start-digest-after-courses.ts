import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { Enrolments } from "../ports.ts";
import { listsIn, type Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import { readsDigest, type StartDigestDeps, startDigest } from "./start-digest.ts";

export interface StartDigestAfterCoursesDeps extends StartDigestDeps {
  enrolments: Pick<Enrolments, "loadMany">;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

/**
 * Starts the digest for who agreed to it, unless a course that they are on is still to come before it. Twice is harmless.
 * @param ending runs of courses that end just now, whatever their rows say yet
 */
export async function startDigestAfterCourses(
  deps: StartDigestAfterCoursesDeps,
  subscriber: Subscriber,
  at: Instant,
  ending: readonly { course: string; run: number }[] = [],
): Promise<void> {
  if (!readsDigest(subscriber)) return;
  const walking = await coursesWalked(deps, subscriber);
  const endsNow = (name: string) =>
    ending.some(({ course, run }) => course === name && run === subscriber.lists[name]?.run);
  if (walking.every(endsNow)) await startDigest(deps, subscriber, at);
}

/** The courses that somebody is on and whose last step has not gone out, those that are about to begin among them. */
export async function coursesWalked(
  { enrolments, catalogue }: Pick<StartDigestAfterCoursesDeps, "enrolments" | "catalogue">,
  subscriber: Subscriber,
): Promise<string[]> {
  const joined = listsIn(subscriber, "joined").filter((list) => courseNamed(catalogue, list));
  const rows = joined.length > 0 ? await enrolments.loadMany(subscriber.id, joined) : [];
  return joined.filter((list) => {
    const row = rows.find(({ course }) => course === list);
    if (row && row.run === subscriber.lists[list]?.run) return row.state === "walking";
    // A run without a row begins by this task. Without it none does: the catalogue lacked the course when it was joined.
    return subscriber.todo.enrol !== undefined;
  });
}
