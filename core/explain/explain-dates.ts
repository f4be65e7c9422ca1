import type { Catalogue } from "../catalogue.ts";
import { mailingId } from "../delivery/mailing.ts";
import { mayRemind } from "../reminder/may-remind.ts";
import { type ReminderDate, reminderOf } from "../reminder/reminder-date.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type ClockChange, clockChangeBetween } from "../time/clock-change.ts";
import type { Instant } from "../time/instant.ts";
import { type MailForecast, whenItGoes } from "./when-it-goes.ts";

/** A date that somebody wants to be reminded of, and when that will be; its label is theirs alone. */
export interface DateExplained extends Pick<ReminderDate, "id" | "date" | "daysBefore" | "run" | "doneAt"> {
  mailing: string;
  /** Its next reminder; absent when none is to come, since the last was handed to a packet, or it is done. */
  mail?: MailForecast;
  clockChange?: ClockChange;
}

/** Explains one date, by what the send path will say when it is due. */
export function explainDate(
  catalogue: Pick<Catalogue, "site">,
  date: ReminderDate,
  subscriber: Subscriber,
  now: Instant,
): DateExplained {
  const { id, daysBefore, run, dueAt, doneAt } = date;
  const mailing = reminderOf(date);
  const explained = {
    id,
    date: date.date,
    daysBefore,
    run,
    mailing: mailingId(mailing),
    ...(doneAt !== undefined && { doneAt }),
  };
  if (dueAt === undefined) return explained;
  const mail: MailForecast = subscriber.suppressed
    ? { status: "skipped", reason: "suppressed" }
    : whenItGoes((when) => mayRemind(catalogue, mailing, date, subscriber, when.now), {
        plannedAt: dueAt,
        at: dueAt > now ? dueAt : now,
      });
  const clockChange = mail.status === "goes" && clockChangeBetween(now, mail.at, subscriber.zone);
  return { ...explained, mail, ...(clockChange && { clockChange }) };
}
