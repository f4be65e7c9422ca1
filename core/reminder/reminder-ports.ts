import type { Instant } from "../time/instant.ts";
import type { DueDate, ReminderDate } from "./reminder-date.ts";

/** Dates to be reminded of. */
export interface ReminderDates {
  /** Everything that is kept of one person, past dates too. */
  of(subscriberId: string): Promise<ReminderDate[]>;
  load(subscriberId: string, id: string): Promise<ReminderDate | undefined>;
  /** False if it is there already, from this joining of the list. */
  add(date: DueDate): Promise<boolean>;
  /** Whether it was there or not, it is gone afterwards. */
  remove(subscriberId: string, id: string): Promise<void>;
  due(now: Instant, limit: number): Promise<DueDate[]>;
  /** Its reminder is on its way; false if it was removed or set anew meanwhile. */
  leaveDue(date: DueDate): Promise<boolean>;
  /** It is due at another instant; false if it was removed, set anew or on its way meanwhile. */
  move(date: DueDate, dueAt: Instant): Promise<boolean>;
}
