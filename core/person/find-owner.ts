import type { Keys, Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { verifyToken } from "../token/token.ts";

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

/** Finds whose data a fresh link opens. No other link does: those in mails live on, and are passed on. */
export async function findOwner(deps: FindOwnerDeps, token: string): Promise<FoundOwner> {
  const check = verifyToken(await deps.keys.ring(), "account", token, deps.clock.now());
  if (check.status !== "valid") return { status: check.status };
  const owner = await deps.subscribers.load(check.subscriberId);
  return owner && owner.todo.erase === undefined ? { status: "found", owner } : { status: "gone" };
}
