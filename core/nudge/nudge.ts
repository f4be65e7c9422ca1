import type { Instant } from "../time/instant.ts";

/** The row that looks after open steps of one run of a course; without `dueAt` it has nothing more to say. */
export interface Nudge {
  subscriberId: string;
  course: string;
  run: number;
  /** How many have gone in this run. */
  sent: number;
  dueAt?: Instant;
}

/** What the due index tells of it. */
export type DueNudge = Nudge & { dueAt: Instant };

/** So many in one run of a course, and no more. */
export const mostNudges = 2;
/** A step is open for so many local days before anyone is nudged, and nudges are as far apart. */
export const nudgeDays = 10;
