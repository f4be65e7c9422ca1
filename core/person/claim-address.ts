import type { Addresses, Ids, Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addHours, type Instant } from "../time/instant.ts";
import { addressHours } from "./address-letter.ts";
import type { AddressClaims } from "./person-ports.ts";

export interface ClaimAddressDeps {
  addresses: Addresses;
  claims: Pick<AddressClaims, "retake" | "bury">;
  subscribers: Subscribers;
  ids: Ids;
}

/**
 * Claims an address for somebody new, or tells whose it is. A claim of somebody who is being erased, or who has never
 * arrived at that address, gives way: it must not keep the person at that address from signing up.
 */
export async function claimAddress(
  deps: ClaimAddressDeps,
  addressHash: string,
  now: Instant,
): Promise<string> {
  const fresh = deps.ids.next("sub");
  const id = await deps.addresses.claim(addressHash, fresh);
  if (id === fresh) return id;
  const owner = await deps.subscribers.load(id);
  if (!owner || isAtHome(owner, addressHash, now)) return id;
  // Who comes before the sweep must not keep the tombstone from being left.
  const isErased = owner.todo.erase !== undefined && owner.forgottenAt === undefined;
  if (isErased && owner.addressHash === addressHash) {
    await deps.claims.bury(addressHash, id, now);
    return deps.addresses.claim(addressHash, fresh);
  }
  if (await deps.claims.retake(addressHash, id, fresh)) return fresh;
  return deps.addresses.claim(addressHash, fresh);
}

/** Whether an address is still, or is about to be, that of whoever has claimed it. */
export function isAtHome({ todo, moving, ...owner }: Subscriber, addressHash: string, now: Instant): boolean {
  if (todo.erase !== undefined) return false;
  if (owner.addressHash === addressHash) return true;
  // The link may still come to be pressed again: the mail may be a day late, and lives a day.
  return moving?.addressHash === addressHash && addHours(moving.askedAt, 2 * addressHours + 1) > now;
}
