import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { SendingState } from "./sending-state.ts";

/** The state of sending, one row for the account. */
export interface Sending {
  /** Name of the table that everything is stored in. */
  table: string;
  /** Strongly consistent; undefined before the first dispatch. */
  load(): Promise<SendingState | undefined>;
  /** Stores a change; false if what is stored is no longer `was`. */
  replace(was: SendingState | undefined, state: SendingState): Promise<boolean>;
}

/** What is due and not done yet. */
export interface DueWork {
  /** When the oldest of it was due; undefined if nothing is. */
  oldest(now: Instant): Promise<Instant | undefined>;
}

/** Who must not be written to, as another table knows it. */
export interface Departures {
  /** Addresses that bounced or complained. */
  suppressions(): AsyncIterable<{ addressHash: string; reason: "bounce" | "complaint"; since: Instant }>;
  /** Everybody; the caller looks at the lists that they have left. */
  subscribers(): AsyncIterable<Subscriber>;
}
