import type { Catalogue } from "../catalogue.ts";
import type { Eligibility } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import { isWanted, offsetsOf, type ReminderDate } from "./reminder-date.ts";
import { reminderTime, whereaboutsOf } from "./reminder-time.ts";

/** Whether somebody is reminded of a date now. */
export function mayRemind(
  { site }: Pick<Catalogue, "site">,
  mailing: Mailing & { kind: "deadline" },
  date: ReminderDate | undefined,
  subscriber: Subscriber,
  now: Instant,
): Eligibility {
  if (date?.subscriberId !== subscriber.id) return { may: "skip", reason: "withdrawn" };
  if (date.doneAt !== undefined || date.date > mailing.date) return { may: "skip", reason: "done" };
  const stands = date.date === mailing.date && offsetsOf(date).includes(mailing.days);
  if (!stands) return { may: "skip", reason: "withdrawn" };
  if (!isWanted(date, subscriber)) return { may: "skip", reason: "unsubscribed" };
  const at = reminderTime(date, mailing.days, whereaboutsOf(subscriber, site), now);
  if (at === undefined) return { may: "skip", reason: "late" };
  return at > now ? { may: "move", to: at, plannedAt: at } : { may: "send" };
}
