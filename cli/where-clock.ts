import { systemClock } from "../adapters/clock.ts";
import type { Clock } from "../core/time/clock.ts";
import { calendarFile } from "../local/calendar-file.ts";
import type { Where } from "./where-options.ts";

/** The time as a service has it: one on this machine may have a calendar of its own, which runs faster. */
export function clockOf({ data }: Where): Clock {
  if (data === undefined) return systemClock;
  const calendar = calendarFile(data);
  return { ...systemClock, now: () => calendar.read() ?? systemClock.now() };
}
