import { Temporal } from "temporal-polyfill";
import { type Instant, toInstant } from "../time/instant.ts";
import type { CampaignTime } from "./campaign.ts";

/** Where a day begins first. */
const earliestZone = "Etc/GMT-14";

/** Whether a text is a time on anybody's clock, `2027-03-10T09:00`. */
export function isLocalTime(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return false;
  try {
    return Boolean(Temporal.PlainDateTime.from(text));
  } catch {
    return false;
  }
}

/** When a campaign goes to somebody in a zone. A time that a clock change removes is that much later, one that it repeats the first. */
export function goesAt(when: CampaignTime, zone: string): Instant {
  if ("at" in when) return when.at;
  return toInstant(Temporal.PlainDateTime.from(when.local).toZonedDateTime(zone).epochMilliseconds);
}

/** When a local time comes first, anywhere. */
export function earliestOf(local: string): Instant {
  return goesAt({ local }, earliestZone);
}
