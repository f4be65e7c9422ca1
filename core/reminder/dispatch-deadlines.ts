import type { Catalogue } from "../catalogue.ts";
import { goesAt, type ReserveDaysDeps, reserveDays } from "../day/reserve-days.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { forEvery } from "../every.ts";
import type { Subscribers } from "../ports.ts";
import { mayRemind } from "./deadline-letter.ts";
import { reminderOf } from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";

export interface DispatchDeadlinesDeps extends OpenPacketsDeps, ReserveDaysDeps {
  dates: ReminderDates;
  subscribers: Pick<Subscribers, "loadMany">;
  catalogue: Pick<Catalogue, "site">;
}

/**
 * Reminds of the dates that are due: the packet first, and only then the date leaves the due index. A crash
 * between the two enqueues the same delivery again, which the ledger stops. A reminder goes whatever else comes that day,
 * but takes the day, so that what can wait does.
 */
export async function dispatchDeadlines(deps: DispatchDeadlinesDeps, limit: number): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.dates.due(now, limit);
  const readers = await deps.subscribers.loadMany([...new Set(due.map(({ subscriberId }) => subscriberId))]);
  await forEvery(due, async (date) => {
    const reader = readers.get(date.subscriberId);
    if (reader && reader !== "unreadable") {
      const goes = mayRemind(deps.catalogue, reminderOf(date), date, reader, now);
      await reserveDays(deps, reminderOf(date), goesAt(goes, reader, now));
    }
    await openPackets(deps, reminderOf(date), [date.subscriberId], { plannedAt: date.dueAt });
    await deps.dates.leaveDue(date);
  });
}
