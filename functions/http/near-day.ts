import { type Instant, localDate } from "../../core/time/instant.ts";
import { startOfDayAfter } from "../../core/time/window.ts";
import { weekdayWords } from "../../web/date-words.ts";

/** A day that is near, by the calendar of a zone: "today", "tomorrow", "on Tuesday, March 9". */
export function nearDay(at: Instant, zone: string, now: Instant): string {
  const day = localDate(at, zone);
  const today = localDate(now, zone);
  if (day === today) return "today";
  if (day === localDate(startOfDayAfter(now, zone, 1), zone)) return "tomorrow";
  return `on ${weekdayWords(day, today)}`;
}
