import type { Lane } from "../delivery/packet.ts";

/** Places in the account's sending rate, shared by all workers. */
export interface Pace {
  /**
   * Asks for places for up to `count` recipients of one call. `at` is real time, epoch milliseconds: the call
   * is to be made then, and not later than {@link graceMs} after it; a worker that comes too late asks again.
   * Without a place in the next seconds, `laterMs` tells when to come back.
   */
  reserve(lane: Lane, count: number): Promise<{ granted: number; at: number } | { laterMs: number }>;
}

/** How late a call may be for its place, in milliseconds, before it would crowd the next one. */
export const graceMs = 40;
