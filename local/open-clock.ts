import { type Instant, toInstant } from "../core/time/instant.ts";
import { calendarFile } from "./calendar-file.ts";
import { calendarClock, type RuntimeClock, realClock } from "./clock.ts";

/**
 * The clock of a data directory. Once a directory has had a calendar of its own it keeps it, so that what was
 * sent on a fast Tuesday never lies in the future.
 */
export function openClock(dataDir: string, options: { at?: Instant; speed?: number }): RuntimeClock {
  const store = calendarFile(dataDir);
  const reached = store.read();
  const { at, speed } = options;
  if (at === undefined && speed === undefined && reached === undefined) return realClock();
  if (at !== undefined && reached !== undefined && at < reached) {
    throw new Error(
      `The calendar in ${dataDir} has already reached ${reached}: choose a later --at, or another --data for a fresh start.`,
    );
  }
  return calendarClock({ startAt: at ?? reached ?? toInstant(Date.now()), speed: speed ?? 1, store });
}
