import type { Instant } from "../time/instant.ts";
import type { DueNudge, Nudge } from "./nudge.ts";

/** When somebody is looked at again who may have left a step open. */
export interface Nudges {
  /** Starts a run; false if this run, or a later one, has begun. */
  start(nudge: DueNudge): Promise<boolean>;
  due(now: Instant, limit: number): Promise<DueNudge[]>;
  /** Moves on from the count and instant that were read; without `dueAt` it is over. False if it has moved already. */
  advance(from: DueNudge, to: { sent: number; dueAt?: Instant }): Promise<boolean>;
  /** Strongly consistent, in any order; courses that have none are left out. */
  loadMany(subscriberId: string, courses: string[]): Promise<Nudge[]>;
}
