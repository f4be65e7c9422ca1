import { Temporal } from "temporal-polyfill";
import type { Catalogue } from "../catalogue.ts";
import type { Eligibility, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, localDate } from "../time/instant.ts";
import { isWanted, type ReminderDate, remindersList } from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";
import { reminderTime } from "./reminder-time.ts";

type DeadlineMailing = Mailing & { kind: "deadline" };

export interface DeadlineLetterDeps {
  dates: Pick<ReminderDates, "load">;
  catalogue: Pick<Catalogue, "site">;
}

/** The reminder of a date. A date belongs to one reader, so its packet has one recipient. */
export async function deadlineLetter(
  deps: DeadlineLetterDeps,
  mailing: DeadlineMailing,
  { now, recipients: [owner] }: { now: Instant; recipients: string[] },
): Promise<Letter> {
  const date = owner === undefined ? undefined : await deps.dates.load(owner, mailing.deadline);
  return {
    template: "deadline",
    list: remindersList,
    values: { title: date?.label ?? "", date: inWords(mailing.date) },
    eligibility: (subscriber, when) => mayRemind(deps.catalogue, mailing, date, subscriber, when.now),
    personal: ({ zone }) => ({ summary: howFar(mailing.date, localDate(now, zone)) }),
  };
}

/** Whether somebody is reminded of a date now. */
export function mayRemind(
  { site }: Pick<Catalogue, "site">,
  mailing: DeadlineMailing,
  date: ReminderDate | undefined,
  subscriber: Subscriber,
  now: Instant,
): Eligibility {
  const stands =
    date?.subscriberId === subscriber.id && date.date === mailing.date && date.daysBefore === mailing.days;
  if (!stands) return { may: "skip", reason: "withdrawn" };
  if (!isWanted(date, subscriber)) return { may: "skip", reason: "unsubscribed" };
  if (localDate(now, subscriber.zone) > date.date) return { may: "skip", reason: "late" };
  const at = reminderTime(date, subscriber.zone, site.defaults.window, now);
  return at > now ? { may: "move", to: at, plannedAt: at } : { may: "send" };
}

/** "Saturday, May 1, 2027" */
function inWords(date: string): string {
  return Temporal.PlainDate.from(date).toLocaleString("en-US", { dateStyle: "full" });
}

/** How far away a day is: "today", "tomorrow", "in 7 days". */
function howFar(date: string, today: string): string {
  const { days } = Temporal.PlainDate.from(today).until(date, { largestUnit: "day" });
  if (days <= 0) return "today";
  return days === 1 ? "tomorrow" : `in ${days} days`;
}
