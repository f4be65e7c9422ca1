import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";

/** A day of one reader, by the calendar where they are. */
export interface ReaderDay {
  subscriberId: string;
  date: string;
}

/** A reader, and when a mail is to go to them. */
export interface ReaderAt {
  reader: Subscriber;
  at: Instant;
}

/** Days of readers, of which each belongs to one mail. */
export interface DailySlots {
  /** The mailing that each day belongs to, in order; undefined where it is free. Strongly consistent. */
  holders(days: ReaderDay[]): Promise<(string | undefined)[]>;
  /** Takes days for a mailing, each on its own; answers in order whether it has them, from before too. Twice is harmless. */
  takeMany(mailing: string, days: ReaderDay[]): Promise<boolean[]>;
}

/** A mail that is planned for a reader, as its row in the due index tells; `step` of a course alone. */
export interface DayPlan {
  subscriberId: string;
  kind: "course" | "nudge" | "digest";
  /** The list that it belongs to, and which joining of it. */
  list: string;
  run: number;
  step?: string;
  dueAt: Instant;
}

/** What is planned for readers. */
export interface DayPlans {
  /** The plans of readers that are due at some time, on these courses and, where it says so, of the digest. Eventually consistent. */
  of(wanted: { subscriberId: string; courses: string[]; digest: boolean }[]): Promise<DayPlan[]>;
}
