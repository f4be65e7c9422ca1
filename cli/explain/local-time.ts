import { Temporal } from "temporal-polyfill";

/** An instant by somebody's clock, to the minute: `Mon 2027-03-08 09:00`. */
export function localTime(instant: string, zone: string): string {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const day = there.toLocaleString("en-US", { weekday: "short" });
  return `${day} ${there.toPlainDate()} ${there.toPlainTime().toString({ smallestUnit: "minute" })}`;
}
