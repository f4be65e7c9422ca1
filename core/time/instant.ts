import { Temporal } from "temporal-polyfill";

/** An instant in UTC with milliseconds, `2027-03-13T09:00:00.000Z`: instants compare as strings do. */
export type Instant = string;

/** The instant of a moment given in epoch milliseconds. */
export function toInstant(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString();
}

/** Epoch milliseconds of an instant. */
export function toMilliseconds(instant: Instant): number {
  return Date.parse(instant);
}

export function addMinutes(instant: Instant, minutes: number): Instant {
  return toInstant(toMilliseconds(instant) + minutes * 60_000);
}

export function addHours(instant: Instant, hours: number): Instant {
  return addMinutes(instant, hours * 60);
}

export function addDays(instant: Instant, days: number): Instant {
  return addHours(instant, days * 24);
}

/** The first whole minute, not before the instant: dispatch runs at each. */
export function nextMinute(instant: Instant): Instant {
  return toInstant(Math.ceil(toMilliseconds(instant) / 60_000) * 60_000);
}

/** The calendar date, `2027-03-13`, that an instant falls on in a zone. */
export function localDate(instant: Instant, zone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}
