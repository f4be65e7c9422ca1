import type { Instant } from "../time/instant.ts";
import type { Edition } from "./edition.ts";

/** The list that a reader of the digest is on. */
export const digestList = "digest";

/** How often a reader may have it. */
export const digestRhythms = ["week", "month"] as const;
export type DigestRhythm = (typeof digestRhythms)[number];

/** The next digest of a reader: it goes at `dueAt`, and holds the weekly editions from `since` up to `edition`. */
export interface DigestPlan {
  /** The first weekly edition that it holds; absent is `edition` alone. */
  since?: Edition;
  edition: Edition;
  dueAt: Instant;
}

/** A reader's place in the row of editions. */
export interface DigestSubscription extends DigestPlan {
  subscriberId: string;
  /** Which joining of the list it stands for. */
  run: number;
}

/** Where a reader stopped: a later run holds nothing of before `since`. */
export interface DigestStop {
  stopped: true;
  since: Edition;
}

/** A subscription that is due. */
export type DueDigest = DigestSubscription;
