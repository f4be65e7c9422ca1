import { Temporal } from "temporal-polyfill";
import { type Instant, localDate, toInstant } from "../time/instant.ts";
import { nextInWindow, type SendWindow, weekdays } from "../time/window.ts";
import type { ReminderDate } from "./reminder-date.ts";

/**
 * When a reminder goes: as the window opens on its day, on whatever day of the week, since it must not come late.
 * If that moment has passed, at the next opening before the date, or at once where there is none.
 */
export function reminderTime(
  { date, daysBefore }: Pick<ReminderDate, "date" | "daysBefore">,
  zone: string,
  window: SendWindow,
  now: Instant,
): Instant {
  const hours = { ...window, days: weekdays };
  const planned = openingOn(Temporal.PlainDate.from(date).subtract({ days: daysBefore }), zone, hours);
  if (planned > now) return planned;
  const opening = nextInWindow(now, zone, hours);
  const openingDay = localDate(opening, zone);
  const inTime = openingDay < date || openingDay === localDate(now, zone);
  return inTime ? opening : now;
}

function openingOn(day: Temporal.PlainDate, zone: string, hours: SendWindow): Instant {
  const opening = nextInWindow(toInstant(day.toZonedDateTime(zone).epochMilliseconds), zone, hours);
  if (localDate(opening, zone) === day.toString()) return opening;
  // A clock change has swallowed the window: as soon after it as there is a time.
  return toInstant(
    day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(hours.from) }).epochMilliseconds,
  );
}
