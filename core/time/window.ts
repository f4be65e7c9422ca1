import { Temporal } from "temporal-polyfill";
import { AppError } from "../errors.ts";
import { type Instant, toInstant } from "./instant.ts";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** When mail may be sent, on the subscriber's wall clock: from `from` up to, not including, `to`. */
export interface SendWindow {
  days: readonly Weekday[];
  from: string;
  to: string;
}

/** Whether the window is open in a zone. An hour that exists twice is open twice. */
export function isInWindow(instant: Instant, zone: string, window: SendWindow): boolean {
  return isOpen(window, Temporal.Instant.from(instant).toZonedDateTimeISO(zone));
}

/**
 * The first instant, not before the given one, at which the window is open. A day on which its hours do not
 * exist (a clock change) has none.
 * @throws AppError `window.never-opens` if no day of the next three weeks has one.
 */
export function nextInWindow(instant: Instant, zone: string, window: SendWindow): Instant {
  const start = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  if (isOpen(window, start)) return instant;
  for (let day = 0; day <= 21; day++) {
    const opening = openings(start.toPlainDate().add({ days: day }), zone, window).find(
      (moment) => moment.epochMilliseconds >= start.epochMilliseconds && isOpen(window, moment),
    );
    if (opening) return toInstant(opening.epochMilliseconds);
  }
  throw new AppError(
    "invalid",
    "window.never-opens",
    `No day in ${zone} has the send window ${window.from}–${window.to}`,
  );
}

/** First instant of the local day that is `days` calendar days after the day of the given instant. */
export function startOfDayAfter(instant: Instant, zone: string, days: number): Instant {
  const date = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().add({ days });
  return toInstant(date.toZonedDateTime(zone).epochMilliseconds);
}

/** Whether this is an IANA zone: `Intl` knows some names that `Temporal` does not, and `Temporal` takes more than names. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

function isOpen(window: SendWindow, moment: Temporal.ZonedDateTime): boolean {
  const minute = moment.hour * 60 + moment.minute;
  return (
    window.days.includes(weekdays[moment.dayOfWeek - 1] as Weekday) &&
    minute >= minuteOf(window.from) &&
    minute < minuteOf(window.to)
  );
}

/**
 * Moments of a local date at which the window may open: its first minute, twice if that minute exists twice,
 * and where clocks change, the change itself, be it within the day or at its start.
 */
function openings(date: Temporal.PlainDate, zone: string, window: SendWindow): Temporal.ZonedDateTime[] {
  const first = date.toPlainDateTime(window.from);
  const midnight = date.toZonedDateTime(zone);
  if (midnight.hoursInDay === 24) return [first.toZonedDateTime(zone)];
  const change = midnight.getTimeZoneTransition("next");
  const [earlier, later] = (["earlier", "later"] as const).map((which) =>
    first.toZonedDateTime(zone, { disambiguation: which }),
  );
  const moments = [midnight, earlier, later, change].filter((moment) => moment != null);
  return moments.filter((moment) => moment.toPlainDate().equals(date)).sort(Temporal.ZonedDateTime.compare);
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
