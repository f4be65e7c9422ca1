import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import { remindersList } from "./reminder-date.ts";

/**
 * Joins the list of reminders: who sets a date by the link in a mail to them has asked for its reminder.
 * Undefined if they are on it, or if mail must not be sent.
 */
export function joinReminders(subscriber: Subscriber, now: Instant): Subscriber | undefined {
  const membership = subscriber.lists[remindersList];
  if (subscriber.suppressed || membership?.state === "joined") return undefined;
  return {
    ...subscriber,
    lists: {
      ...subscriber.lists,
      [remindersList]: { state: "joined", run: (membership?.run ?? 0) + 1, since: now },
    },
    changedAt: now,
  };
}
