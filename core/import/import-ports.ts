import type { Newcomer } from "./newcomer.ts";

/** What is known of an address by its claim. */
export interface ClaimStanding {
  subscriberId?: string;
  erased: boolean;
}

/** Many people at once, in few calls. */
export interface Newcomers {
  /** Claims of addresses by hash, strongly consistent; addresses that nobody has claimed are left out. */
  claims(addressHashes: string[]): Promise<Map<string, ClaimStanding>>;
  /** Which of these addresses are suppressed; strongly consistent. */
  suppressed(addressHashes: string[]): Promise<Set<string>>;
  /**
   * Adds people under ids that nobody else knows: claims, then what begins, then profiles. False where the address was
   * claimed meanwhile, or the answer was lost. When it throws, some may be there, and others have a claim without a profile.
   */
  add(newcomers: Newcomer[]): Promise<boolean[]>;
}
