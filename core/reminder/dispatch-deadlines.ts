import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { forEvery } from "../every.ts";
import { reminderOf } from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";

export interface DispatchDeadlinesDeps extends OpenPacketsDeps {
  dates: ReminderDates;
}

/**
 * Reminds of the dates that are due: the packet first, and only then the date leaves the due index. A crash
 * between the two enqueues the same delivery again, which the ledger stops.
 */
export async function dispatchDeadlines(deps: DispatchDeadlinesDeps, limit: number): Promise<void> {
  const due = await deps.dates.due(deps.clock.now(), limit);
  await forEvery(due, async (date) => {
    await openPackets(deps, reminderOf(date), [date.subscriberId], { plannedAt: date.dueAt });
    await deps.dates.leaveDue(date);
  });
}
