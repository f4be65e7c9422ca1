import type { Catalogue } from "../catalogue.ts";
import { goesAt, type ReserveDaysDeps, reserveDays } from "../day/reserve-days.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { forEvery } from "../every.ts";
import type { Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import { mayRemind } from "./may-remind.ts";
import { planReminder } from "./plan-reminder.ts";
import { type DueDate, isWanted, reminderOf } from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";
import { whereaboutsOf } from "./reminder-time.ts";

export interface DispatchDeadlinesDeps extends OpenPacketsDeps, ReserveDaysDeps {
  dates: ReminderDates;
  subscribers: Pick<Subscribers, "loadMany">;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

/**
 * Reminds of the dates that are due: the packet first, and only then the date moves on to its next reminder, or out of
 * the due index. A crash between the two enqueues the same delivery again, which the ledger stops. A reminder goes
 * whatever else comes that day, but takes the day, so that what can wait does.
 */
export async function dispatchDeadlines(deps: DispatchDeadlinesDeps, limit: number): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.dates.due(now, limit);
  const readers = await deps.subscribers.loadMany([...new Set(due.map(({ subscriberId }) => subscriberId))]);
  await forEvery(due, async (date) => {
    const reader = readers.get(date.subscriberId);
    const { send, next } = planFor(deps, date, reader, now);
    if (send !== undefined) {
      const mailing = reminderOf({ ...date, daysBefore: send });
      if (reader && reader !== "unreadable") {
        const look = () => mayRemind(deps.catalogue, mailing, date, reader, now);
        await reserveDays(deps, mailing, undefined, goesAt(look, reader, now), now);
      }
      await openPackets(deps, mailing, [date.subscriberId], { plannedAt: date.dueAt });
    }
    await deps.dates.advance(date, next);
  });
}

function planFor(
  { catalogue }: DispatchDeadlinesDeps,
  date: DueDate,
  reader: Subscriber | "unreadable" | undefined,
  now: Instant,
): ReturnType<typeof planReminder> {
  const { zone, window } = catalogue.site.defaults;
  // A row that cannot be read is for the send path to judge, and to show.
  if (reader === "unreadable") return planReminder(date, { zone, window }, now);
  return reader && isWanted(date, reader)
    ? planReminder(date, whereaboutsOf(reader, catalogue.site), now)
    : {};
}
