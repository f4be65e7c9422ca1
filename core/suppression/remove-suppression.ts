import type { Subscribers } from "../ports.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { listsIn, type Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { type AddressOwnerDeps, addressOwner } from "./address-owner.ts";
import type { SuppressionReason } from "./suppression.ts";
import type { AccountSuppressions, SuppressionList } from "./suppression-ports.ts";

export interface RemoveSuppressionDeps extends AddressOwnerDeps {
  subscribers: Subscribers;
  suppressionList: Pick<SuppressionList, "find" | "remove">;
  accountSuppressions: Pick<AccountSuppressions, "remove">;
  clock: Clock;
}

export type RemoveSuppressionOutcome =
  /** `was` is absent where only the provider had it on its list. */
  | { status: "removed"; addressHash: string; was?: SuppressionReason; subscriberId?: string }
  | { status: "no-address" }
  /** Nobody has it on a list. */
  | { status: "missing" }
  /** Somebody complained: that is lifted for a reason alone. */
  | { status: "reason-wanted" };

const shortestReason = 10;

/**
 * Lets an address be written to again: the provider's list first, then the person, then our own row, so that what was cut
 * short is still there to be finished. What was kept back goes on.
 */
export async function removeSuppression(
  deps: RemoveSuppressionDeps,
  { address: typed, reason }: { address: string; reason?: string | undefined },
): Promise<RemoveSuppressionOutcome> {
  const found = await addressOwner(deps, typed);
  if (!found) return { status: "no-address" };
  const { address, addressHash, owner } = found;
  const listed = await deps.suppressionList.find(addressHash);
  const reasons = [listed?.reason, owner?.suppressed?.reason];
  if (reasons.includes("complaint") && (reason ?? "").trim().length < shortestReason)
    return { status: "reason-wanted" };

  // The provider keeps an address in the spelling of the mail that came back, and knows no other.
  const spellings = new Set([address.mailTo, address.key, ...(owner ? [owner.address] : [])]);
  let wasOnAccount = false;
  for (const spelling of spellings)
    wasOnAccount = (await deps.accountSuppressions.remove(spelling)) || wasOnAccount;
  if (owner)
    await changeSubscriber(deps.subscribers, owner.id, (known) =>
      withoutSuppression(known, deps.clock.now()),
    );
  if (listed) await deps.suppressionList.remove(addressHash);
  const [was] = reasons.filter((one) => one !== undefined);
  if (was === undefined && !wasOnAccount) return { status: "missing" };
  return { status: "removed", addressHash, ...(was && { was }), ...(owner && { subscriberId: owner.id }) };
}

/** The person as one who may be written to; what they are on starts, or goes on. */
function withoutSuppression(known: Subscriber, now: Instant): Subscriber | undefined {
  const { suppressed, ...free } = known;
  if (!suppressed) return undefined;
  const starts = listsIn(known, "joined").length > 0 ? { enrol: now } : {};
  // Old bounces count no more: the next one is the first.
  return { ...free, softBounces: [], todo: { ...known.todo, ...starts }, changedAt: now };
}
