import type { Instant } from "./instant.ts";

/**
 * Two clocks. Calendar time may jump and is for due dates and windows; elapsed time is real time and is for
 * leases and time-outs.
 */
export interface Clock {
  now(): Instant;
  /** Real milliseconds since the epoch. */
  elapsed(): number;
  /** Waits in real time, whatever the calendar does. */
  sleep(milliseconds: number): Promise<void>;
}
