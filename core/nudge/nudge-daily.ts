import type { Course } from "../catalogue.ts";
import type { Daily } from "../day/daily.ts";
import { startOfDayAfter } from "../time/window.ts";
import { whenOpen } from "./plan-nudge.ts";

/** How a nudge shares its reader's days. */
export function nudgeDaily(course: Course): Daily {
  return {
    after: ["course"],
    reserved: true,
    nextDay: (subscriber, { plannedAt, now }) => {
      const tomorrow = startOfDayAfter(now, subscriber.zone, 1);
      return { to: whenOpen(course, subscriber, tomorrow, true), plannedAt };
    },
  };
}
