import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { Enrolments } from "../ports.ts";
import { listsIn, type Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { Digests } from "./digest-ports.ts";
import { readsDigest, startDigest } from "./start-digest.ts";

export interface StartDigestAfterCoursesDeps {
  enrolments: Pick<Enrolments, "loadMany">;
  digests: Digests;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

/**
 * Starts the digest for who agreed to it, unless a course that they are on is still to come before it. Twice is harmless.
 * @param ending courses that end just now, whatever their rows say yet
 */
export async function startDigestAfterCourses(
  deps: StartDigestAfterCoursesDeps,
  subscriber: Subscriber,
  at: Instant,
  ending: readonly string[] = [],
): Promise<void> {
  if (!readsDigest(subscriber)) return;
  const walking = await coursesWalked(deps, subscriber);
  if (walking.every((course) => ending.includes(course))) await startDigest(deps, subscriber, at);
}

/** The courses that somebody is on and whose last step has not gone out. */
export async function coursesWalked(
  { enrolments, catalogue }: Pick<StartDigestAfterCoursesDeps, "enrolments" | "catalogue">,
  subscriber: Subscriber,
): Promise<string[]> {
  const joined = listsIn(subscriber, "joined").filter((list) => courseNamed(catalogue, list));
  const rows = joined.length > 0 ? await enrolments.loadMany(subscriber.id, joined) : [];
  return rows
    .filter(({ course, run, state }) => state === "walking" && run === subscriber.lists[course]?.run)
    .map(({ course }) => course);
}
