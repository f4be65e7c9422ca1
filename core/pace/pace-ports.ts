import type { Lane } from "../delivery/packet.ts";

/** Places in the account's sending rate, shared by all workers. */
export interface Pace {
  /**
   * Asks for places for up to `count` recipients of one call; `granted` may be less. `at` is real time, epoch
   * milliseconds: the call is to be made then, and not later than {@link graceMs} after it; a worker that comes too
   * late asks again. It may wait some seconds for a place near enough; without one, `laterMs` tells when to come back.
   */
  reserve(lane: Lane, count: number): Promise<{ granted: number; at: number } | { laterMs: number }>;
}

/** How late a call may be for its place, in milliseconds, before it would crowd the next one. */
export const graceMs = 40;

/** The account's rate, as one row holds it: until when it is given away, in real time. */
export interface Places {
  /**
   * Takes the next `lengthMs` of the rate, if they begin within `withinMs` of `now`: from when they are ours. If they
   * do not, `freeAt` tells when they begin.
   */
  take(now: number, lengthMs: number, withinMs: number): Promise<{ at: number } | { freeAt: number }>;
}

/** What SES lets the account send. */
export interface SendQuota {
  /** Recipients per second. */
  perSecond(): Promise<number>;
}

/** Keeps the quota that was last heard of, for a process that cannot ask. */
export interface LastQuota {
  load(): Promise<number | undefined>;
  store(perSecond: number): Promise<void>;
}
