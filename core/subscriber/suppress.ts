import type { Subscribers, Suppressions } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { addDays, type Instant } from "../time/instant.ts";
import { changeSubscriber } from "./change.ts";
import type { Subscriber } from "./subscriber.ts";

export interface SuppressDeps {
  subscribers: Subscribers;
  suppressions: Suppressions;
  clock: Clock;
}

const softBouncesAllowed = 2;

/** After a hard bounce or a complaint: nobody writes to this address again, whatever list it asks for. */
export async function suppress(
  deps: SuppressDeps,
  subscriberId: string,
  reason: "bounce" | "complaint",
): Promise<void> {
  const now = deps.clock.now();
  const subscriber = await changeSubscriber(deps.subscribers, subscriberId, (known) =>
    known.suppressed ? undefined : { ...known, suppressed: { reason, since: now }, todo: {}, changedAt: now },
  );
  if (subscriber) await deps.suppressions.add(subscriber.addressHash, reason, now);
}

/** After a soft bounce: the third within thirty days suppresses. */
export async function countSoftBounce(deps: SuppressDeps, subscriberId: string, at: Instant): Promise<void> {
  const subscriber = await changeSubscriber(deps.subscribers, subscriberId, (known) =>
    withSoftBounce(known, at),
  );
  if (subscriber && subscriber.softBounces.length > softBouncesAllowed)
    await suppress(deps, subscriberId, "bounce");
}

/** Remembers a soft bounce; the same one told twice counts once. */
export function withSoftBounce(subscriber: Subscriber, at: Instant): Subscriber | undefined {
  if (subscriber.softBounces.includes(at)) return undefined;
  const told = [...subscriber.softBounces, at].sort();
  const newest = told.at(-1) ?? at;
  return { ...subscriber, softBounces: told.filter((earlier) => earlier > addDays(newest, -30)) };
}
