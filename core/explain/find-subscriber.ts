import type { Keys } from "../ports.ts";
import { hashAddress, parseAddress } from "../subscriber/address.ts";
import type { AddressOwners } from "./explain-ports.ts";

export interface FindSubscriberDeps {
  keys: Keys;
  owners: AddressOwners;
}

export type FoundSubscriber = { status: "found"; id: string } | { status: "no-address" | "nobody" };

/** Finds who is meant by an id, or by an address: the table knows an address by its keyed hash alone. */
export async function findSubscriber(deps: FindSubscriberDeps, typed: string): Promise<FoundSubscriber> {
  if (!typed.includes("@")) return { status: "found", id: typed };
  const address = parseAddress(typed);
  if (!address) return { status: "no-address" };
  const { hash } = await deps.keys.ring();
  const id = await deps.owners.find(hashAddress(hash, address.key));
  return id === undefined ? { status: "nobody" } : { status: "found", id };
}
