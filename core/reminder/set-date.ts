import { type Catalogue, credentialNamed } from "../catalogue.ts";
import { parseMailing } from "../delivery/mailing.ts";
import type { Deliveries } from "../ports.ts";
import { type FindReaderDeps, findReader } from "../progress/find-reader.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { cycleStart } from "./cycle.ts";
import { isOpen } from "./date-standing.ts";
import { joinReminders } from "./join-reminders.ts";
import { nextReminder } from "./plan-reminder.ts";
import { type DateProblems, readDate, type TypedDate } from "./read-date.ts";
import {
  dateId,
  isWanted,
  type ReminderDate,
  reminderOffsets,
  remindersList,
  type WantedDate,
} from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";
import { whereaboutsOf } from "./reminder-time.ts";

export interface SetDateDeps extends FindReaderDeps {
  dates: Pick<ReminderDates, "of" | "add">;
  deliveries: Pick<Deliveries, "history">;
  catalogue: Pick<Catalogue, "site" | "credentials">;
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
  const read = readDate(typed, deps.catalogue, found.reader.zone, now);
  if ("problems" in read) return { status: "invalid", problems: read.problems };
  const { wanted } = read;
  const kept = await deps.dates.of(found.reader.id);
  const open = kept.filter((date) => isWanted(date, found.reader) && isOpen(date, found.reader.zone, now));
  if (open.some((date) => isSame(date, wanted))) return { status: "set" };
  if (open.length >= mostDates) {
    const label = `You have ${mostDates} dates already. Remove one, and then set this one.`;
    return { status: "invalid", problems: { label } };
  }
  const reader = await changeSubscriber(deps.subscribers, found.reader.id, (known) =>
    joinReminders(known, now),
  );
  const membership = reader?.lists[remindersList];
  if (!reader) return { status: "gone" };
  if (reader.suppressed || membership?.state !== "joined") return { status: "unreachable" };
  const first = nextReminder({ ...wanted, daysBefore: 0 }, whereaboutsOf(reader, deps.catalogue.site), now);
  const credential = credentialNamed(deps.catalogue, wanted.credential);
  const cycleFrom = wanted.kind === "renewal" && credential && cycleStart(wanted.date, credential);
  await deps.dates.add({
    ...wanted,
    subscriberId: reader.id,
    id: await freeId(deps, reader.id, wanted, kept),
    run: membership.run,
    ...(first ?? { daysBefore: reminderOffsets.at(-1) ?? 1 }),
    ...(cycleFrom && { cycleFrom }),
    setAt: now,
  });
  return { status: "set" };
}

/** An id of which no mail has gone yet, since the ledger would stop a second one, and which no date that is done has. */
async function freeId(
  deps: SetDateDeps,
  subscriberId: string,
  wanted: WantedDate,
  kept: ReminderDate[],
): Promise<string> {
  const taken = new Set(
    kept.filter(({ doneAt, date }) => doneAt || date !== wanted.date).map(({ id }) => id),
  );
  for (const { state, mailing } of await deps.deliveries.history(subscriberId)) {
    const sent = parseMailing(mailing);
    if (sent?.kind === "deadline" && state !== "released") taken.add(sent.deadline);
  }
  for (let round = 1; ; round++) {
    const candidate = dateId(subscriberId, wanted, round);
    if (!taken.has(candidate)) return candidate;
  }
}

function isSame(one: ReminderDate, other: WantedDate): boolean {
  return (["kind", "label", "date", "credential"] as const).every((key) => one[key] === other[key]);
}
