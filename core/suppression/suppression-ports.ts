import type { Suppression } from "./suppression.ts";

/** A suppression with the keyed hash of its address, and whose it was, if it was somebody's. */
export interface ListedSuppression extends Suppression {
  addressHash: string;
  subscriberId?: string;
}

/** Addresses that are not written to, as admins look at them. */
export interface SuppressionList {
  /** At most `limit`, in an order that never changes; follows a change within about a second. */
  page(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ suppressions: ListedSuppression[]; cursor?: string }>;
  /** Strongly consistent. */
  find(addressHash: string): Promise<Suppression | undefined>;
  remove(addressHash: string): Promise<void>;
}

/** The list that the provider itself keeps for the account: it accepts mail to these addresses and does not send it. */
export interface AccountSuppressions {
  add(address: string): Promise<void>;
  /** False if it is not on it in just this spelling. */
  remove(address: string): Promise<boolean>;
}
