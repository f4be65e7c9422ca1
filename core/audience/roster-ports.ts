import type { ReminderDate } from "../reminder/reminder-date.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";

/** A person as the roster tells of them: enough to choose an audience, no name and no address. */
export interface RosterPerson
  extends Pick<Subscriber, "id" | "lists" | "suppressed" | "zone" | "topics" | "tags" | "createdAt"> {
  /** When they last did something that only a person does, to about a week. */
  engagedAt?: string;
  dates: Pick<ReminderDate, "kind" | "date" | "doneAt" | "credential">[];
}

/** Everybody who has a profile. It follows a change within about a second. */
export interface Roster {
  /**
   * At most `limit` people, in an order that never changes; `cursor` is the id after which the next page begins,
   * absent after the last. Who comes meanwhile may or may not be in.
   */
  page(cursor: string | undefined, limit: number): Promise<RosterPage>;
}

export interface RosterPage {
  people: RosterPerson[];
  cursor?: string;
}
