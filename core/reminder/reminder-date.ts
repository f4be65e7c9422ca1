import { createHash } from "node:crypto";
import type { Mailing } from "../delivery/mailing.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";

/** The list of those who set a date to be reminded of. */
export const remindersList = "reminders";

export const dateKinds = ["exam", "application", "renewal", "other"] as const;
export type DateKind = (typeof dateKinds)[number];

/** How many days before a date its reminders come. */
export const reminderOffsets: readonly number[] = [90, 60, 30, 7, 1];

/** A date that somebody wants to be reminded of. */
export interface ReminderDate {
  subscriberId: string;
  id: string;
  label: string;
  /** A calendar date where the reader is, `2027-05-01`. */
  date: string;
  /** Absent on a date of the time when each had one reminder, at the `daysBefore` that its reader chose. */
  kind?: DateKind;
  /** What is to be earned or kept by it, by its id in the catalogue. */
  credential?: string;
  /** How many days before the date the next reminder comes; when none is to come, the last. */
  daysBefore: number;
  /** Which joining of the list it belongs to: leaving the list ends all its dates. */
  run: number;
  /** Absent once no reminder is to come. */
  dueAt?: Instant;
  /** When its reader said that it is done. A renewal with a cycle is never done: it moves on to the next. */
  doneAt?: Instant;
  /** The last day of the cycle before the one that it ends; absent where no cycle is known. */
  cycleFrom?: string;
  /** When it was set, or moved on to this cycle; absent on a date of before. */
  setAt?: Instant;
}

export type DueDate = ReminderDate & { dueAt: Instant };

/** What the reader asked for, before it has an id. */
export type WantedDate = Pick<ReminderDate, "label" | "date" | "credential"> & { kind: DateKind };

/** What there is to be reminded of: the date, and when its reminders come. */
export type Occasion = Pick<ReminderDate, "date" | "kind" | "daysBefore">;

/** How many days before it the reminders of a date come, the first one first. */
export function offsetsOf({ kind, daysBefore }: Pick<Occasion, "kind" | "daysBefore">): readonly number[] {
  return kind === undefined ? [daysBefore] : reminderOffsets;
}

/**
 * The id of a date: a function of what was asked for, so that a form sent twice is one date. `round` tells apart
 * a date that was set again after it was done, or after a reminder of it had gone.
 */
export function dateId(
  subscriberId: string,
  { label, date, kind, credential }: WantedDate,
  round: number,
): string {
  const named = ["stepletter.date.2", subscriberId, kind, credential ?? "", label, date, round];
  return createHash("sha256").update(JSON.stringify(named)).digest("hex").slice(0, 24);
}

/** Whether a text may be the id of a date. */
export function isDateId(text: string): boolean {
  return /^[a-z0-9]{1,40}$/.test(text);
}

/** The mailing of one reminder of a date. */
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
