import { ICalAlarmType, ICalCalendar, ICalEventTransparency } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import type { Catalogue } from "../catalogue.ts";
import type { Attachment } from "../delivery/letter.ts";
import type { Reader } from "../rhythm/rhythm.ts";
import { offsetsOf, type ReminderDate } from "./reminder-date.ts";
import { whereaboutsOf } from "./reminder-time.ts";

/**
 * Dates as a calendar file, each a whole day with an alarm for each reminder that is still to come, less than `below`
 * days before it. The same dates make the same file, byte for byte; no address stands in it.
 */
export function calendarFile(
  { site }: Pick<Catalogue, "site">,
  reader: Reader,
  dates: ReminderDate[],
  below = Number.POSITIVE_INFINITY,
): Attachment {
  const calendar = new ICalCalendar({ prodId: { company: "Stepletter", product: "Dates", language: "EN" } });
  for (const date of dates) {
    const event = calendar.createEvent({
      // The occasion, as in the mailing's id: a renewal that moved on is an entry of its own.
      id: `${date.id}-${date.date}@${site.sender.address.split("@")[1]}`,
      stamp: date.setAt ?? `${date.date}T00:00:00.000Z`,
      start: `${date.date}T00:00:00.000Z`,
      allDay: true,
      summary: date.label,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    for (const offset of remaining(date, below))
      event.createAlarm({
        type: ICalAlarmType.display,
        trigger: secondsBefore(offset, whereaboutsOf(reader, site).window.from),
        description: date.label,
      });
  }
  return {
    fileName: "dates.ics",
    contentType: "text/calendar; charset=utf-8",
    content: `${calendar.toString()}\r\n`,
  };
}

/** The reminders that are still to come, less than `below` days before the date. */
export function remaining(date: ReminderDate, below: number): number[] {
  if (date.dueAt === undefined) return [];
  return offsetsOf(date).filter((days) => days <= date.daysBefore && days < below);
}

/** From the time of day on the day of a reminder up to the start of the date, by the clock on the wall. */
function secondsBefore(days: number, time: string): number {
  return days * 86_400 - Temporal.PlainTime.from(time).since("00:00").total("seconds");
}
