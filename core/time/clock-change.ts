import { Temporal } from "temporal-polyfill";
import { type Instant, toInstant } from "./instant.ts";

/** A change of a zone's clocks. */
export interface ClockChange {
  at: Instant;
  zone: string;
  /** Hours and minutes ahead of UTC, as `-05:00`. */
  from: string;
  to: string;
}

/** The first change of a zone's clocks after one instant and up to another, if there is one. */
export function clockChangeBetween(after: Instant, until: Instant, zone: string): ClockChange | undefined {
  const start = Temporal.Instant.from(after).toZonedDateTimeISO(zone);
  const change = start.getTimeZoneTransition("next");
  if (!change || change.epochMilliseconds > Date.parse(until)) return undefined;
  return { at: toInstant(change.epochMilliseconds), zone, from: start.offset, to: change.offset };
}
