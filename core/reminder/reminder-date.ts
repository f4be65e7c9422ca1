import { createHash } from "node:crypto";
import type { Mailing } from "../delivery/mailing.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, localDate } from "../time/instant.ts";

/** The list of those who set a date to be reminded of. */
export const remindersList = "reminders";

/** How many days before a date a reminder may come. */
export const daysBeforeChoices: readonly number[] = [1, 3, 7, 14, 30];

/** A date that somebody wants to be reminded of. */
export interface ReminderDate {
  subscriberId: string;
  id: string;
  label: string;
  /** A calendar date where the reader is, `2027-05-01`. */
  date: string;
  daysBefore: number;
  /** Which joining of the list it belongs to: leaving the list ends all its dates. */
  run: number;
  /** Absent once its reminder is on its way. */
  dueAt?: Instant;
}

export type DueDate = ReminderDate & { dueAt: Instant };

/** What the reader asked for, before it has an id. */
export type WantedDate = Pick<ReminderDate, "label" | "date" | "daysBefore">;

/**
 * The id of a date: a function of what was asked for, so that a form sent twice is one date. `round` tells apart
 * a date that was set again after its reminder had gone.
 */
export function dateId(subscriberId: string, { label, date, daysBefore }: WantedDate, round: number): string {
  const named = JSON.stringify(["stepletter.date.1", subscriberId, label, date, daysBefore, round]);
  return createHash("sha256").update(named).digest("hex").slice(0, 24);
}

/** The one mailing that reminds of a date. */
export function reminderOf({
  id,
  date,
  daysBefore,
}: Pick<ReminderDate, "id" | "date" | "daysBefore">): Mailing & { kind: "deadline" } {
  return { kind: "deadline", deadline: id, date, days: daysBefore };
}

/** Whether the reader still wants it: on the list, by the joining that it belongs to. */
export function isWanted({ run }: Pick<ReminderDate, "run">, { lists }: Subscriber): boolean {
  const membership = lists[remindersList];
  return membership?.state === "joined" && membership.run === run;
}

/** The dates that are still ahead, or today, the nearest first. */
export function datesAhead(dates: ReminderDate[], subscriber: Subscriber, now: Instant): ReminderDate[] {
  const today = localDate(now, subscriber.zone);
  return dates
    .filter((date) => isWanted(date, subscriber) && date.date >= today)
    .sort((one, other) => one.date.localeCompare(other.date) || one.label.localeCompare(other.label));
}
