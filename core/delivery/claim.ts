import type { Instant } from "../time/instant.ts";
import type { Delivery } from "./delivery.ts";
import { readOwner } from "./packet.ts";

/** What a lease of a packet claims with; the same for each of its recipients. */
export interface Claim {
  mailing: string;
  owner: string;
  attempt: number;
  claimedAt: Instant;
}

/** Recipients that a claim holds, and the rows of those that it does not. */
export interface Claims {
  held: string[];
  others: Delivery[];
}

/**
 * How an existing row stands to a claim: `held` when the claim has it already, by an answer that was lost;
 * `free` when it may be taken from the state, owner and attempt that were read; else `taken`.
 */
export function standingOf(
  row: Delivery,
  claim: Pick<Claim, "owner" | "attempt">,
): "held" | "free" | "taken" {
  // Evidence that it was accepted, even if the event has not settled the row yet.
  if (row.events) return "taken";
  switch (row.state) {
    case "released":
      if (isDeadLease(claim.owner, row.owner)) return "taken";
      return row.attempt <= claim.attempt ? "free" : "taken";
    case "unknown":
      return row.attempt < claim.attempt ? "free" : "taken";
    case "sending":
      if (row.owner === claim.owner) return "held";
      return isDeadLease(row.owner, claim.owner) ? "free" : "taken";
    default:
      return "taken";
  }
}

/** Only forward: a worker that lost its lease must not take the row back from the newer one. */
function isDeadLease(theirs: string, ours: string): boolean {
  const [their, our] = [readOwner(theirs), readOwner(ours)];
  return their.packetId === our.packetId && their.lease < our.lease;
}
