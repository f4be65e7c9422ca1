import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, localDate } from "../time/instant.ts";
import type { DailySlots } from "./day-ports.ts";
import type { TakenDay } from "./put-off.ts";

/** The day that it is where a reader is, if a mail has it. */
export async function dayOf(
  slots: Pick<DailySlots, "holders">,
  { id, zone }: Pick<Subscriber, "id" | "zone">,
  now: Instant,
): Promise<TakenDay | undefined> {
  const date = localDate(now, zone);
  const [mailing] = await slots.holders([{ subscriberId: id, date }]);
  return mailing === undefined ? undefined : { date, mailing };
}
