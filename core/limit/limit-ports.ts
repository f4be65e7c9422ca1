import type { Instant } from "../time/instant.ts";

/** How often something may happen: `most` times in each span of so many seconds, counted from the epoch. */
export interface Limit {
  most: number;
  seconds: number;
}

/** Counts what must not happen too often, over all functions. */
export interface Limits {
  /** Takes one of what is left under this name in the span that `now` is in; false if nothing is. */
  take(name: string, limit: Limit, now: Instant): Promise<boolean>;
  /** Whether a refusal in this span is remembered here: then nobody needs to be asked. */
  isSpent(name: string, limit: Limit, now: Instant): boolean;
}

/** Counts as {@link Limits} do, for callers who are told how much they have left. */
export interface Rates {
  /** Takes one, and answers how many are left in the span; undefined if none was. */
  spend(name: string, limit: Limit, now: Instant): Promise<number | undefined>;
}
