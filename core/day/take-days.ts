import type { Letter } from "../delivery/letter.ts";
import type { Packet } from "../delivery/packet.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addDays, type Instant, localDate } from "../time/instant.ts";
import type { DailySlots, ReaderAt, ReaderDay } from "./day-ports.ts";
import { type GivingWayDeps, givingWay } from "./giving-way.ts";

export interface TakeDaysDeps extends GivingWayDeps {
  slots: DailySlots;
}

/** A mail gives way to what is only planned for so long after its own time: a plan may be put off for ever. */
const givesWayDays = 3;

/**
 * Takes the day of each reader for a mail, just before it is handed over; answers the ids of those who get another mail that
 * day, or got one. A day is taken for a mailing, so whoever comes back to it after a crash has it still, and who has it
 * already gives way to nothing.
 */
export async function takeDays(
  deps: TakeDaysDeps,
  { daily }: Pick<Letter, "daily">,
  packet: Pick<Packet, "mailing" | "plannedAt" | "gaveWay">,
  readers: Subscriber[],
  now: Instant,
): Promise<Set<string>> {
  if (!daily || readers.length === 0) return new Set();
  // A read is cheaper than a write that is refused, where the day may be taken; a campaign mostly finds it free.
  const looksFirst = daily.reserved || packet.gaveWay === true;
  const days = readers.map((reader) => dayAt({ reader, at: now }));
  const holders = looksFirst ? await deps.slots.holders(days) : [];
  const losers = readers.filter((_, at) => holders[at] !== undefined && holders[at] !== packet.mailing);
  const open = readers.filter((_, at) => holders[at] === undefined).map((reader) => ({ reader, at: now }));
  const isEarly = now < addDays(packet.plannedAt, givesWayDays);
  const giving = isEarly ? await givingWay(deps, daily.after, open, now) : new Set<string>();
  const taking = open.filter(({ reader }) => !giving.has(reader.id));
  const taken = await take(deps.slots, packet.mailing, taking.map(dayAt));
  const refused = taking.filter((_, at) => !taken[at]).map(({ reader }) => reader);
  return new Set([...giving, ...[...losers, ...refused].map(({ id }) => id)]);
}

/** Takes the days that readers are moved to, unless something that goes first is planned for them: then they are looked at again. */
export async function takeDaysAhead(
  deps: TakeDaysDeps,
  { daily }: Pick<Letter, "daily">,
  mailing: string,
  moved: ReaderAt[],
  now: Instant,
): Promise<void> {
  if (!daily || moved.length === 0) return;
  const giving = await givingWay(deps, daily.after, moved, now);
  await take(deps.slots, mailing, moved.filter(({ reader }) => !giving.has(reader.id)).map(dayAt));
}

/** The day that an instant is on where a reader is. */
export function dayAt({ reader, at }: ReaderAt): ReaderDay {
  return { subscriberId: reader.id, date: localDate(at, reader.zone) };
}

function take(slots: DailySlots, mailing: string, days: ReaderDay[]): Promise<boolean[]> {
  return days.length === 0 ? Promise.resolve([]) : slots.takeMany(mailing, days);
}
