import type { Letter } from "../delivery/letter.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, localDate } from "../time/instant.ts";

/** A reader's day, and the mailing that has it; nobody knows of days ahead. */
export interface TakenDay {
  date: string;
  mailing: string;
}

/** Where a mail goes when the day on which it would go is another's; undefined where it is not. */
export type PutOff = (when: {
  plannedAt: Instant;
  now: Instant;
}) => { to: Instant; plannedAt: Instant } | undefined;

/** Puts a mail off that finds the day of its reader taken. */
export function putOffBy(
  taken: TakenDay | undefined,
  mailing: string,
  { daily }: Pick<Letter, "daily">,
  reader: Subscriber,
): PutOff {
  return (when) => {
    if (!daily || !taken || taken.mailing === mailing) return undefined;
    return localDate(when.now, reader.zone) === taken.date ? daily.nextDay(reader, when) : undefined;
  };
}
