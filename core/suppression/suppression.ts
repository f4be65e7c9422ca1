import type { Instant } from "../time/instant.ts";

/** Why an address is not written to, the weightier first: `manual` is an operator's own word. */
export const suppressionReasons = ["complaint", "bounce", "manual"] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** Evidence that an address must not be written to. */
export interface Suppression {
  reason: SuppressionReason;
  since: Instant;
}

/** Reasons that give way to one, whenever they were found: a complaint is not forgotten over a bounce. */
export function lighterThan(reason: SuppressionReason): SuppressionReason[] {
  return suppressionReasons.slice(suppressionReasons.indexOf(reason) + 1);
}

/** Whether evidence takes the place of what stands there: weightier, or as weighty and earlier. So the order in which it comes is all one. */
export function takesPlaceOf(next: Suppression, present: Suppression | undefined): boolean {
  if (!present || lighterThan(next.reason).includes(present.reason)) return true;
  return next.reason === present.reason && next.since < present.since;
}
