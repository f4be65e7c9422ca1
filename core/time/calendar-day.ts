import { Temporal } from "temporal-polyfill";
import { type Instant, localDate, toInstant } from "./instant.ts";

/** Whether a text is a day of the calendar, as `2027-03-13`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Boolean(Temporal.PlainDate.from(text));
  } catch {
    return false;
  }
}

/** First instant of a day in a zone. */
export function startOfDay(day: string, zone: string): Instant {
  return toInstant(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);
}

/** The day so far after the one that it is in a zone. */
export function dayAhead(now: Instant, zone: string, ahead: { days?: number; years?: number }): string {
  return Temporal.PlainDate.from(localDate(now, zone)).add(ahead).toString();
}
