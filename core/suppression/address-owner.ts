import type { AddressClaims } from "../person/person-ports.ts";
import type { Keys, Subscribers } from "../ports.ts";
import { type Address, hashAddress, parseAddress } from "../subscriber/address.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";

export interface AddressOwnerDeps {
  keys: Keys;
  claims: Pick<AddressClaims, "find">;
  subscribers: Pick<Subscribers, "load">;
}

/** An address as an admin types it, with its hash, and whoever lives there. */
export interface OwnedAddress {
  address: Address;
  addressHash: string;
  owner: Subscriber | undefined;
}

/** Looks up whose an address is; undefined if it is none. Who is being erased lives nowhere any more. */
export async function addressOwner(
  { keys, claims, subscribers }: AddressOwnerDeps,
  typed: string,
): Promise<OwnedAddress | undefined> {
  const address = parseAddress(typed);
  if (!address) return undefined;
  const { hash } = await keys.ring();
  const addressHash = hashAddress(hash, address.key);
  const id = await claims.find(addressHash);
  const known = id === undefined ? undefined : await subscribers.load(id);
  const lives = known?.addressHash === addressHash && known.todo.erase === undefined;
  return { address, addressHash, owner: lives ? known : undefined };
}
