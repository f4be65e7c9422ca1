import type { Subscribers } from "../ports.ts";
import { type SuppressDeps, suppress } from "../subscriber/suppress.ts";
import { type AddressOwnerDeps, addressOwner } from "./address-owner.ts";
import type { AccountSuppressions, ListedSuppression, SuppressionList } from "./suppression-ports.ts";

export interface AddSuppressionDeps extends AddressOwnerDeps, SuppressDeps {
  subscribers: Subscribers;
  suppressionList: Pick<SuppressionList, "find">;
  accountSuppressions: Pick<AccountSuppressions, "add">;
}

export type AddSuppressionOutcome =
  /** The address is written to no more; `known` says that it was not before either. */
  ({ status: "added"; known: boolean } & ListedSuppression) | { status: "no-address" };

/** An operator's word that an address is not written to, by whatever list. Twice is harmless, and finishes what was cut short. */
export async function addSuppression(
  deps: AddSuppressionDeps,
  { address: typed }: { address: string },
): Promise<AddSuppressionOutcome> {
  const found = await addressOwner(deps, typed);
  if (!found) return { status: "no-address" };
  const { address, addressHash, owner } = found;
  const before = await deps.suppressionList.find(addressHash);
  const now = deps.clock.now();
  if (owner) await suppress(deps, owner.id, "manual", now);
  else await deps.suppressions.add(addressHash, { reason: "manual", since: now });
  await deps.accountSuppressions.add(address.mailTo);
  return {
    status: "added",
    known: before !== undefined,
    addressHash,
    ...(before ?? { reason: "manual", since: now }),
    ...(owner && { subscriberId: owner.id }),
  };
}
