import type { Subscriber } from "../subscriber/subscriber.ts";
import type { SuppressionReason } from "../suppression/suppression.ts";
import type { Instant } from "../time/instant.ts";
import type { SendingState } from "./sending-state.ts";
import type { Stop } from "./stop.ts";

/** The state of sending: one row for the account, and one for each mailing that is stopped. */
export interface Sending {
  /** Name of the table that everything is stored in. */
  table: string;
  /** Strongly consistent; undefined before the first dispatch. */
  load(): Promise<SendingState | undefined>;
  /** Stores a change; false if what is stored is no longer `was`. */
  replace(was: SendingState | undefined, state: SendingState): Promise<boolean>;
  /** All that may keep a mailing back, in one strongly consistent read. */
  loadFor(mailing: string): Promise<{ state?: SendingState; stop?: Stop }>;
  /** Begins, changes or ends the stop of a mailing; false if what is stored is no longer `was`. */
  replaceStop(mailing: string, was: Stop | undefined, stop: Stop | undefined): Promise<boolean>;
  /** The mailings that are stopped. */
  stoppedMailings(): Promise<{ mailing: string; stop: Stop }[]>;
}

/** What is due and not done yet. */
export interface DueWork {
  /** When the oldest of it was due; undefined if nothing is. */
  oldest(now: Instant): Promise<Instant | undefined>;
}

/** Who must not be written to, as another table knows it. */
export interface Departures {
  /** Addresses that are not written to. */
  suppressions(): AsyncIterable<{ addressHash: string; reason: SuppressionReason; since: Instant }>;
  /** Everybody; the caller looks at the lists that they have left, and where they have moved to. */
  subscribers(): AsyncIterable<Subscriber>;
  /** Tombstones, left where somebody was erased, even if somebody else has signed up there since. */
  tombstones(): AsyncIterable<{ addressHash: string; erasedAt: Instant }>;
  /** Ids of those who were erased, or forgotten unconfirmed, some more than once: their deliveries tell. */
  erased(): AsyncIterable<string>;
}
