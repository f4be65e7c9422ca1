import type { Instant } from "../time/instant.ts";

/** A row that is kept about a person: its sort key, `COURSE#records`, and whatever it holds. */
export interface PersonRow {
  name: string;
  values: Record<string, unknown>;
}

/** Everything that stands under one person's id. */
export interface PersonRows {
  /** Strongly consistent, in the order of their names. */
  of(subscriberId: string): Promise<PersonRow[]>;
  /** Deletes a row, if it is there. */
  remove(subscriberId: string, name: string): Promise<void>;
  /** Deletes the profile; false if its revision is no longer `rev`. */
  removeProfile(subscriberId: string, rev: number): Promise<boolean>;
  /**
   * Takes out of a delivery what points at a person or at their mail; where and when it stood stays. A mail in flight
   * becomes unknown for good. False if the row has changed since it was read.
   */
  anonymise(subscriberId: string, row: PersonRow, at: Instant): Promise<boolean>;
}

/** Whose addresses are, beyond the first claim of each. A tombstone is left where a person was erased, and nothing takes it away. */
export interface AddressClaims {
  /** Whose an address is; undefined if it is nobody's. */
  find(addressHash: string): Promise<string | undefined>;
  /** Takes an address over from somebody whom it belongs to no longer; false if it is not theirs. */
  retake(addressHash: string, from: string, subscriberId: string): Promise<boolean>;
  /** Gives an address free, if it is theirs; a tombstone at it stays. */
  release(addressHash: string, subscriberId: string): Promise<void>;
  /** Leaves a tombstone, if the address is theirs, or was never anybody's. */
  bury(addressHash: string, subscriberId: string, at: Instant): Promise<void>;
  /**
   * Whether somebody was erased there. It stays so when somebody signs up over it, since anybody can: no import and no
   * operator may write to it unasked. A person's own signup does not ask.
   */
  isErased(addressHash: string): Promise<boolean>;
}

/** What is known of an address that must not be written to. */
export interface SuppressionRecords {
  find(addressHash: string): Promise<{ reason: string; since: Instant } | undefined>;
}
