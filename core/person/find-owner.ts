import type { Keys, Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { checkToken } from "../token/check-token.ts";

export interface FindOwnerDeps {
  subscribers: Subscribers;
  keys: Keys;
  clock: Clock;
}

/** Who has shown, within the hour, that mail to the address on file reaches them. */
export type FoundOwner =
  | { status: "found"; owner: Subscriber }
  | { status: "forged" }
  | { status: "expired" }
  | { status: "gone" };

/**
 * Finds whose data a fresh link opens. No other link does: those in mails live on, and are passed on. Nor does one that
 * went to an address which the owner has given up since: it is as expired.
 */
export async function findOwner(deps: FindOwnerDeps, token: string): Promise<FoundOwner> {
  const check = await checkToken(deps.keys, "account", token, deps.clock.now());
  if (check.status !== "valid") return { status: check.status };
  const owner = await deps.subscribers.load(check.subscriberId);
  if (!owner || owner.todo.erase !== undefined) return { status: "gone" };
  return owner.addressHash === check.list ? { status: "found", owner } : { status: "expired" };
}
