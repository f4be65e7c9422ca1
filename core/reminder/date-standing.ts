import type { Subscriber } from "../subscriber/subscriber.ts";
import { addDays, type Instant, localDate } from "../time/instant.ts";
import { isWanted, type ReminderDate } from "./reminder-date.ts";

/** Where a date stands: `overdue` is a renewal whose day has passed, `past` any other such date. */
export type DateStanding = "ahead" | "overdue" | "past" | "done";

/** How long a date that is done, or has passed, is still shown. */
const shownDays = 30;

/** Where a date stands on the reader's own day. */
function standingOf({ date, kind, doneAt }: ReminderDate, zone: string, now: Instant): DateStanding {
  if (doneAt !== undefined) return "done";
  if (date >= localDate(now, zone)) return "ahead";
  return kind === "renewal" ? "overdue" : "past";
}

/** Whether there is still something to do about it. */
export function isOpen(date: ReminderDate, zone: string, now: Instant): boolean {
  return ["ahead", "overdue"].includes(standingOf(date, zone, now));
}

/** The dates that a reader is shown: those that are open, the nearest first, then those that are over, the newest first. */
export function shownDates(dates: ReminderDate[], reader: Subscriber, now: Instant) {
  const { zone } = reader;
  const since = addDays(now, -shownDays);
  const shown = dates
    .filter((date) => isWanted(date, reader))
    .map((date) => ({ ...date, standing: standingOf(date, zone, now) }))
    .filter(({ standing, doneAt, date }) => {
      if (standing === "done") return (doneAt ?? "") >= since;
      return standing !== "past" || date >= localDate(since, zone);
    })
    .sort((one, other) => one.date.localeCompare(other.date) || one.label.localeCompare(other.label));
  const isOver = ({ standing }: { standing: DateStanding }) => standing === "done" || standing === "past";
  return [...shown.filter((date) => !isOver(date)), ...shown.filter(isOver).reverse()];
}

export type ShownDate = ReturnType<typeof shownDates>[number];
