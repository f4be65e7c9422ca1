import type { Instant } from "../time/instant.ts";
import type { NextReminder } from "./plan-reminder.ts";
import type { DueDate, ReminderDate } from "./reminder-date.ts";

/** Dates to be reminded of. */
export interface ReminderDates {
  /** Everything that is kept of one person, past dates too. */
  of(subscriberId: string): Promise<ReminderDate[]>;
  load(subscriberId: string, id: string): Promise<ReminderDate | undefined>;
  /** False if it is there already, from this joining of the list. */
  add(date: ReminderDate): Promise<boolean>;
  /** Whether it was there or not, it is gone afterwards. */
  remove(subscriberId: string, id: string): Promise<void>;
  due(now: Instant, limit: number): Promise<DueDate[]>;
  /**
   * Its reminder is on its way, and `next` is to come, or none; false if it was removed, set anew, done or on its way
   * meanwhile.
   */
  advance(date: DueDate, next: NextReminder | undefined): Promise<boolean>;
  /** It is due at another instant; false if it was removed, set anew, done or on its way meanwhile. */
  move(date: DueDate, dueAt: Instant): Promise<boolean>;
  /** Ends a date, or moves it on to its next cycle; false if it was removed, set anew, ended or moved on meanwhile. */
  complete(from: ReminderDate, to: ReminderDate): Promise<boolean>;
}
