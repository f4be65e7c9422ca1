import type { Eligibility } from "../delivery/letter.ts";
import { type Mailing, mailingId } from "../delivery/mailing.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, localDate } from "../time/instant.ts";
import type { DailySlots, ReaderAt } from "./day-ports.ts";

export interface ReserveDaysDeps {
  slots: DailySlots;
}

/** When a mail goes to a reader, as its last look says now; never, if that would leave it out. */
export function goesAt(eligibility: Eligibility, reader: Subscriber, now: Instant): ReaderAt[] {
  if (eligibility.may === "skip") return [];
  return [{ reader, at: eligibility.may === "move" ? eligibility.to : now }];
}

/**
 * Takes the day for a mail before its packet is there: dispatch looks after the kinds of mail by rank, so whatever comes later
 * in the same minute finds the day taken. Who loses it is moved by the send path.
 */
export async function reserveDays(
  { slots }: ReserveDaysDeps,
  mailing: Mailing,
  readers: ReaderAt[],
): Promise<void> {
  if (readers.length === 0) return;
  const days = readers.map(({ reader, at }) => ({
    subscriberId: reader.id,
    date: localDate(at, reader.zone),
  }));
  await slots.takeMany(mailingId(mailing), days);
}
