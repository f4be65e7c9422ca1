import { Temporal } from "temporal-polyfill";
import { type Catalogue, credentialNamed } from "../catalogue.ts";
import type { CeLog } from "../ce/ce-ports.ts";
import { ceStanding } from "../ce/ce-standing.ts";
import { standingWords } from "../ce/standing-words.ts";
import type { Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import type { Subscribers } from "../ports.ts";
import { type Instant, localDate } from "../time/instant.ts";
import { calendarFile, remaining } from "./calendar-file.ts";
import { mayRemind } from "./may-remind.ts";
import { type ReminderDate, remindersList } from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";

type DeadlineMailing = Mailing & { kind: "deadline" };

export interface DeadlineLetterDeps {
  dates: Pick<ReminderDates, "load">;
  ceLog: Pick<CeLog, "of">;
  subscribers: Pick<Subscribers, "loadMany">;
  catalogue: Pick<Catalogue, "site" | "credentials">;
}

/** The reminder of a date, with the date as a calendar file. A date belongs to one reader, so its packet has one recipient. */
export async function deadlineLetter(
  deps: DeadlineLetterDeps,
  mailing: DeadlineMailing,
  { now, recipients: [owner] }: { now: Instant; recipients: string[] },
): Promise<Letter> {
  const load = async () => (owner === undefined ? undefined : deps.dates.load(owner, mailing.deadline));
  let date = await load();
  const reader = await readerOf(deps, owner);
  return {
    template: "deadline",
    list: remindersList,
    values: {
      title: date?.label ?? "",
      date: inWords(mailing.date),
      standing: date ? await howItStands(deps, date) : "",
      calendar: date ? whatIsAttached(date, mailing) : "",
    },
    ...(date && reader && { attachments: [calendarFile(deps.catalogue, reader, [date], mailing.days)] }),
    async lookAgain() {
      date = await load();
    },
    eligibility: (subscriber, when) => mayRemind(deps.catalogue, mailing, date, subscriber, when.now),
    personal: ({ zone }) => ({ summary: howFar(mailing.date, localDate(now, zone)) }),
  };
}

async function readerOf({ subscribers }: DeadlineLetterDeps, owner: string | undefined) {
  const reader = owner === undefined ? undefined : (await subscribers.loadMany([owner])).get(owner);
  return reader === "unreadable" ? undefined : reader;
}

/** What is still to be done: of a renewal the hours that are missing. */
async function howItStands(deps: DeadlineLetterDeps, date: ReminderDate): Promise<string> {
  const credential = credentialNamed(deps.catalogue, date.credential);
  if (date.kind !== "renewal" || !credential)
    return "Once it is done, say so on your page, and no more reminders of it come.";
  const standing = ceStanding(credential, date, await deps.ceLog.of(date.subscriberId));
  return `${standingWords(credential, standing)} On your page you log hours, and say that it is renewed.`;
}

function whatIsAttached(date: ReminderDate, { days }: DeadlineMailing): string {
  const what = remaining(date, days).length > 0 ? "the day and its reminders" : "the day";
  return `The file that comes with this mail puts ${what} into your calendar.`;
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
