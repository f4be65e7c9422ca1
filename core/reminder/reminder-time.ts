import { Temporal } from "temporal-polyfill";
import type { Site } from "../catalogue.ts";
import { type Reader, windowOf } from "../rhythm/rhythm.ts";
import { type Instant, localDate, toInstant } from "../time/instant.ts";
import { nextInWindow, type SendWindow, weekdays } from "../time/window.ts";
import { type Occasion, offsetsOf } from "./reminder-date.ts";

/** Where and in which hours a reader is reminded. */
export interface Whereabouts {
  zone: string;
  window: SendWindow;
}

/** Where a reader is, and the hours that they chose, else the site's. The day of a reminder is the date's own. */
export function whereaboutsOf(reader: Reader, { defaults }: Pick<Site, "defaults">): Whereabouts {
  return { zone: reader.zone, window: windowOf(reader, defaults.window, true) };
}

/**
 * When the reminder so many days before a date goes: as the window opens on its day, on whatever day of the week.
 * One that was held up goes as the window opens next, before the day of the reminder after it; the last one also on
 * the date, and at once where no window opens. Undefined once it is too late.
 */
export function reminderTime(
  occasion: Occasion,
  daysBefore: number,
  { zone, window }: Whereabouts,
  now: Instant,
): Instant | undefined {
  const planned = plannedTime(occasion.date, daysBefore, { zone, window });
  if (planned > now) return planned;
  const after = offsetsOf(occasion).find((offset) => offset < daysBefore);
  const opening = nextInWindow(now, zone, { ...window, days: weekdays });
  const openingDay = localDate(opening, zone);
  const end = after === undefined ? occasion.date : dayBefore(occasion.date, after);
  if (openingDay < end) return opening;
  const today = localDate(now, zone);
  if (after !== undefined || today > occasion.date) return undefined;
  return openingDay === today ? opening : now;
}

/** As the window opens on the day of a reminder, or as soon after that as there is a time. */
export function plannedTime(date: string, daysBefore: number, { zone, window }: Whereabouts): Instant {
  const day = Temporal.PlainDate.from(dayBefore(date, daysBefore));
  const hours = { ...window, days: weekdays };
  const opening = nextInWindow(toInstant(day.toZonedDateTime(zone).epochMilliseconds), zone, hours);
  if (localDate(opening, zone) === day.toString()) return opening;
  // A clock change has swallowed the window.
  const plainTime = Temporal.PlainTime.from(hours.from);
  return toInstant(day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds);
}

/** The day that lies so many calendar days before a date. */
export function dayBefore(date: string, days: number): string {
  return Temporal.PlainDate.from(date).subtract({ days }).toString();
}
