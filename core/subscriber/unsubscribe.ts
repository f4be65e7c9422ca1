import type { Keys, Subscribers } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { verifyToken } from "../token/token.ts";
import { changeSubscriber } from "./change.ts";
import type { Subscriber } from "./subscriber.ts";

export interface UnsubscribeDeps {
  subscribers: Subscribers;
  keys: Keys;
  clock: Clock;
}

export type UnsubscribeOutcome = { status: "left"; list: string } | { status: "forged" };

/**
 * Leaves a list. One write, and every mail not yet handed over is stopped by it: the send path reads the
 * subscriber after it has claimed the mail. Twice is harmless, and so is a token of someone long gone.
 */
export async function unsubscribe(
  deps: UnsubscribeDeps,
  input: { token: string },
): Promise<UnsubscribeOutcome> {
  const now = deps.clock.now();
  const check = verifyToken(await deps.keys.ring(), "unsubscribe", input.token, now);
  if (check.status !== "valid") return { status: "forged" };
  await changeSubscriber(deps.subscribers, check.subscriberId, (known) => leave(known, check.list, now));
  return { status: "left", list: check.list };
}

/** Leaves a list that was joined or asked for; undefined if there is nothing to leave. */
export function leave(subscriber: Subscriber, list: string, now: Instant): Subscriber | undefined {
  const membership = subscriber.lists[list];
  if (!membership || membership.state === "left") return undefined;
  return {
    ...subscriber,
    lists: { ...subscriber.lists, [list]: { ...membership, state: "left", since: now } },
    changedAt: now,
  };
}
