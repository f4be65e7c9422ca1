/*
 * Calls follow each other at a share of the quota. In any second begin, at most, the calls whose places begin within
 * (1000 + graceMs) ms, so all but the last have less than 0.88 * 1.04 = 0.915 of the quota; the last has at most 0.07
 * of it, or is one recipient. Together that is never more than the quota, and leaves at least 8 ms for workers whose
 * clocks differ. Each number here is held by test/core/pace/reckon.test.ts.
 */

/** Share of the quota that is given away. */
const usedShare = 0.88;
/** Largest share of a second's quota that one call may carry. */
const callShare = 0.07;
/** SES takes no more entries in one call. */
const mostPerCall = 50;

/** How many recipients one call may carry, with a quota of so many a second. */
export function mostRecipients(perSecond: number): number {
  return Math.min(Math.max(Math.floor(callShare * perSecond), 1), mostPerCall);
}

/** How much of the rate a call to so many recipients takes up, in milliseconds. */
export function lengthMs(recipients: number, perSecond: number): number {
  // Whole recipients are counted, so what is over a whole number helps nobody.
  const whole = perSecond > 1 ? Math.floor(perSecond) : perSecond;
  // Up to the microsecond: a time of today then fits a number with what is added to it.
  return Math.ceil((recipients * 1_000_000) / (usedShare * whole)) / 1000;
}
