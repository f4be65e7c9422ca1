import type { Keys, Suppressions } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import { hashAddress, parseAddress } from "./address.ts";
import type { Subscriber } from "./subscriber.ts";

export interface SuppressAddressDeps {
  suppressions: Suppressions;
  keys: Keys;
}

/** Whether a mail that went there went to the subscriber's present address, however its case was kept. */
export function wroteTo({ address }: Pick<Subscriber, "address">, destinations: string[]): boolean {
  const present = parseAddress(address)?.key;
  return destinations.some((destination) => parseAddress(destination)?.key === present);
}

/** Nobody writes to an address again that is, or was, somebody's. Each of our mails has one; a list of more is not ours to judge. */
export async function suppressAddress(
  deps: SuppressAddressDeps,
  [destination = "", ...others]: string[],
  reason: "bounce" | "complaint",
  since: Instant,
): Promise<void> {
  const address = parseAddress(destination);
  if (!address || others.length > 0) return;
  const { hash } = await deps.keys.ring();
  await deps.suppressions.add(hashAddress(hash, address.key), { reason, since });
}
