import type { DigestPlan, DigestSubscription } from "../digest/digest-subscription.ts";

/** Whose an address is. */
export interface AddressOwners {
  /** The id that an address was claimed for, by its keyed hash. */
  find(addressHash: string): Promise<string | undefined>;
}

/** A reader's place in the row of editions, once the list was left, too. */
export type DigestStanding = Pick<DigestSubscription, "run"> & Partial<DigestPlan>;

export interface DigestStandings {
  /** Strongly consistent. */
  load(subscriberId: string): Promise<DigestStanding | undefined>;
}
