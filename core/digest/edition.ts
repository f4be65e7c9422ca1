import { Temporal } from "temporal-polyfill";
import type { Instant } from "../time/instant.ts";
import { nextInWindow, type SendWindow } from "../time/window.ts";

/** An issue of the digest, by the ISO week in which it is sent: `2027-W10`. */
export type Edition = string;

/** Where Monday begins first; what is seen from then on is too late for the edition of that Monday. */
const earliestZone = "+14:00";

/**
 * The one edition that news first seen at this instant belongs to. Weeks are cut when Monday begins first on
 * earth (Sunday 10:00 UTC), so that an edition is complete before anyone's Monday and never changes afterwards.
 */
export function editionOf(firstSeenAt: Instant): Edition {
  const seenOn = Temporal.Instant.from(firstSeenAt).toZonedDateTimeISO(earliestZone).toPlainDate();
  return weekOf(seenOn.add({ weeks: 1 }));
}

/** The edition of the Monday that comes next for someone who joins at this instant. */
export function firstEdition(joinedAt: Instant, zone: string): Edition {
  const joinedOn = Temporal.Instant.from(joinedAt).toZonedDateTimeISO(zone).toPlainDate();
  return weekOf(joinedOn.add({ weeks: 1 }));
}

/** The edition of the week after. */
export function editionAfter(edition: Edition): Edition {
  return weekOf(mondayOf(edition).add({ weeks: 1 }));
}

/** The edition so many weeks before. */
export function editionBefore(edition: Edition, weeks: number): Edition {
  return weekOf(mondayOf(edition).subtract({ weeks }));
}

/** The first edition, not before the given one, whose Monday is the first of its month. */
export function monthlyEdition(edition: Edition): Edition {
  return mondayOf(edition).day <= 7 ? edition : monthlyEdition(editionAfter(edition));
}

/** Whether a text names a week that there is. */
export function isEdition(text: string): boolean {
  return /^\d{4}-W\d{2}$/.test(text) && weekOf(mondayOf(text)) === text;
}

/** When a reader in this zone is due to get an edition: as the window opens, from Monday on. */
export function digestDue(edition: Edition, zone: string, window: SendWindow): Instant {
  const monday = new Date(mondayOf(edition).toZonedDateTime(zone).epochMilliseconds);
  return nextInWindow(monday.toISOString(), zone, window);
}

/** The Monday of an edition's week. */
export function mondayOf(edition: Edition): Temporal.PlainDate {
  const [year, week] = edition.split("-W").map(Number);
  // The fourth of January is always in the first week.
  const inFirstWeek = Temporal.PlainDate.from({ year: year ?? 0, month: 1, day: 4 });
  return inFirstWeek.subtract({ days: inFirstWeek.dayOfWeek - 1 }).add({ weeks: (week ?? 1) - 1 });
}

function weekOf(date: Temporal.PlainDate): Edition {
  return `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, "0")}`;
}
