import type { Eligibility } from "../delivery/letter.ts";
import { type Mailing, mailingId } from "../delivery/mailing.ts";
import { fastPath } from "../fast-path.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { Daily } from "./daily.ts";
import type { ReaderAt } from "./day-ports.ts";
import { givingWay } from "./giving-way.ts";
import { dayAt, type TakeDaysDeps, takeDaysAhead } from "./take-days.ts";

export type ReserveDaysDeps = TakeDaysDeps;

/** When a mail goes to a reader, as its last look says now; never, if that leaves it out or cannot be told. */
export function goesAt(
  look: (reader: Subscriber) => Eligibility,
  reader: Subscriber,
  now: Instant,
): ReaderAt[] {
  try {
    const eligibility = look(reader);
    if (eligibility.may === "skip") return [];
    return [{ reader, at: eligibility.may === "move" ? eligibility.to : now }];
  } catch {
    // One row that nobody can plan by must not keep the others: whoever plans it next will tell.
    return [];
  }
}

/**
 * Takes the day for a mail before its packet is there: dispatch looks after the kinds of mail by rank, so whatever comes later
 * in the same minute finds the day taken. Who is refused, and will be moved by the send path, has the next day at once. A day
 * that could not be taken holds nothing up: the send path takes it.
 */
export async function reserveDays(
  deps: ReserveDaysDeps,
  mailing: Mailing,
  daily: Daily | undefined,
  readers: ReaderAt[],
  now: Instant,
): Promise<void> {
  const id = mailingId(mailing);
  await fastPath(async () => {
    const giving = daily ? await givingWay(deps, daily.after, readers, now) : new Set<string>();
    const taking = readers.filter(({ reader }) => !giving.has(reader.id));
    if (taking.length === 0) return;
    const taken = await deps.slots.takeMany(id, taking.map(dayAt));
    const refused = taking.filter((_, at) => !taken[at]);
    if (!daily || refused.length === 0) return;
    const moved = refused.map(({ reader, at }) => {
      const { to } = daily.nextDay(reader, { plannedAt: at, now: at });
      return { reader, at: to };
    });
    await takeDaysAhead(deps, { daily }, id, moved, now);
  });
}
