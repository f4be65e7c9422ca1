import { type Instant, localDate } from "../time/instant.ts";
import { type DueDate, type Occasion, offsetsOf } from "./reminder-date.ts";
import { dayBefore, plannedTime, reminderTime, type Whereabouts } from "./reminder-time.ts";

/** A reminder that is to come, and when dispatch looks after it. */
export interface NextReminder {
  daysBefore: number;
  dueAt: Instant;
}

/**
 * The first reminder that can still come on its own day, of those less than `below` days before the date; undefined
 * if there is none. Days that have passed when a date is set are passed over.
 */
export function nextReminder(
  occasion: Occasion,
  where: Whereabouts,
  now: Instant,
  below = Number.POSITIVE_INFINITY,
): NextReminder | undefined {
  for (const daysBefore of offsetsOf(occasion).filter((offset) => offset < below)) {
    const dueAt = reminderTime(occasion, daysBefore, where, now);
    const planned = plannedTime(occasion.date, daysBefore, where);
    if (dueAt !== undefined && localDate(dueAt, where.zone) === localDate(planned, where.zone))
      return { daysBefore, dueAt };
  }
  return undefined;
}

/**
 * What dispatch does for a date that is due: the reminder to `send` is the latest whose day has come, since those before
 * it are overtaken, and none if it is too late for that; `next` is the one to wait for.
 */
export function planReminder(
  date: DueDate,
  where: Whereabouts,
  now: Instant,
): { send?: number; next?: NextReminder } {
  const today = localDate(now, where.zone);
  const current =
    offsetsOf(date).findLast(
      (offset) => offset <= date.daysBefore && dayBefore(date.date, offset) <= today,
    ) ?? date.daysBefore;
  const next = nextReminder(date, where, now, current);
  return {
    ...(reminderTime(date, current, where, now) !== undefined && { send: current }),
    ...(next && { next }),
  };
}
