import type { Keys, Subscribers, Suppressions } from "../ports.ts";
import { hashAddress, parseAddress } from "../subscriber/address.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { guestId } from "./guest.ts";

export interface KeepGuestDeps {
  subscribers: Subscribers;
  suppressions: Pick<Suppressions, "has">;
  keys: Keys;
  clock: Clock;
}

export type KeepGuestOutcome =
  | { status: "kept"; id: string }
  | { status: "no-address" }
  /** Mail to it bounced, or somebody complained: nothing goes there, whoever asks. */
  | { status: "suppressed" };

const attempts = 5;

/** Keeps whom a mail is to go to who is no subscriber by that: for a month, on no list and in no roster. */
export async function keepGuest(
  deps: KeepGuestDeps,
  {
    address: typed,
    as = {},
  }: { address: string; as?: Partial<Pick<Subscriber, "name" | "zone" | "tags" | "topics" | "lists">> },
): Promise<KeepGuestOutcome> {
  const address = parseAddress(typed);
  if (!address) return { status: "no-address" };
  const { hash } = await deps.keys.ring();
  const addressHash = hashAddress(hash, address.key);
  if (await deps.suppressions.has(addressHash)) return { status: "suppressed" };
  const id = guestId(addressHash);
  const now = deps.clock.now();
  for (let attempt = 0; attempt < attempts; attempt++) {
    const known = await deps.subscribers.load(id);
    const guest: Subscriber = {
      id,
      rev: known?.rev ?? 1,
      address: address.mailTo,
      addressHash,
      name: "",
      zone: "UTC",
      lists: {},
      consent: { textVersion: "", source: "guest", network: "", askedAt: now },
      confirmationsAt: [],
      todo: {},
      softBounces: [],
      createdAt: known?.createdAt ?? now,
      changedAt: now,
      ...as,
    };
    if (known ? await deps.subscribers.replace(guest) : await deps.subscribers.create(guest)) break;
  }
  return { status: "kept", id };
}
