import type { Catalogue } from "../catalogue.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Deliveries } from "../ports.ts";
import { type FindReaderDeps, findReader } from "../progress/find-reader.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { joinReminders } from "./join-reminders.ts";
import { type DateProblems, readDate, type TypedDate } from "./read-date.ts";
import { dateId, datesAhead, reminderOf, remindersList, type WantedDate } from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";
import { reminderTime } from "./reminder-time.ts";

export interface SetDateDeps extends FindReaderDeps {
  dates: ReminderDates;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "site">;
}

export type SetDateOutcome =
  | { status: "set" }
  | { status: "invalid"; problems: DateProblems }
  | { status: "forged" }
  | { status: "gone" }
  /** Mail to the reader bounced, or they complained: no reminder would reach them. */
  | { status: "unreachable" };

const mostDates = 20;

/** Keeps a date to be reminded of, and joins the list of reminders first. The same date twice is one. */
export async function setDate(
  deps: SetDateDeps,
  { token, ...typed }: TypedDate & { token: string },
): Promise<SetDateOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const now = deps.clock.now();
  const read = readDate(typed, found.reader.zone, now);
  if ("problems" in read) return { status: "invalid", problems: read.problems };
  const ahead = datesAhead(await deps.dates.of(found.reader.id), found.reader, now);
  if (ahead.some((date) => isSame(date, read.wanted))) return { status: "set" };
  if (ahead.length >= mostDates) {
    const label = `You have ${mostDates} dates already. Remove one, and then set this one.`;
    return { status: "invalid", problems: { label } };
  }
  const reader = await changeSubscriber(deps.subscribers, found.reader.id, (known) =>
    joinReminders(known, now),
  );
  const membership = reader?.lists[remindersList];
  if (!reader) return { status: "gone" };
  if (reader.suppressed || membership?.state !== "joined") return { status: "unreachable" };
  await deps.dates.add({
    ...read.wanted,
    subscriberId: reader.id,
    id: await freeId(deps, reader, read.wanted),
    run: membership.run,
    dueAt: reminderTime(read.wanted, reader.zone, deps.catalogue.site.defaults.window, now),
  });
  return { status: "set" };
}

/** An id whose reminder has not gone yet: the ledger would stop a second one, also of a date that is set again. */
async function freeId(deps: SetDateDeps, { id }: Subscriber, wanted: WantedDate): Promise<string> {
  const ledger = await deps.deliveries.history(id);
  const gone = new Set(ledger.filter(({ state }) => state !== "released").map(({ mailing }) => mailing));
  for (let round = 1; ; round++) {
    const candidate = dateId(id, wanted, round);
    if (!gone.has(mailingId(reminderOf({ ...wanted, id: candidate })))) return candidate;
  }
}

function isSame(one: WantedDate, other: WantedDate): boolean {
  return one.label === other.label && one.date === other.date && one.daysBefore === other.daysBefore;
}
