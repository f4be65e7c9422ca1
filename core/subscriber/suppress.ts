import type { Subscribers, Suppressions } from "../ports.ts";
import { type Suppression, type SuppressionReason, takesPlaceOf } from "../suppression/suppression.ts";
import type { Clock } from "../time/clock.ts";
import { addDays, type Instant } from "../time/instant.ts";
import { changeSubscriber } from "./change.ts";
import { keptTasks, type Subscriber } from "./subscriber.ts";

export interface SuppressDeps {
  subscribers: Subscribers;
  suppressions: Suppressions;
  clock: Clock;
}

const softBounceDays = 30;
/** Longer than the days that count: an event may wait four weeks in its queues, and the order must not matter. */
const rememberedDays = 90;

/** Nobody writes to this address again, whatever list it asks for. The weightiest evidence stands, and of that the earliest. */
export async function suppress(
  deps: SuppressDeps,
  subscriberId: string,
  reason: SuppressionReason,
  since = deps.clock.now(),
): Promise<void> {
  const subscriber = await changeSubscriber(deps.subscribers, subscriberId, (known) =>
    withEvidence(known, { reason, since }, deps.clock.now()),
  );
  if (subscriber) await deps.suppressions.add(subscriber.addressHash, { reason, since }, subscriberId);
}

function withEvidence(subscriber: Subscriber, suppressed: Suppression, now: Instant): Subscriber | undefined {
  if (!takesPlaceOf(suppressed, subscriber.suppressed)) return undefined;
  return { ...subscriber, suppressed, todo: keptTasks(subscriber), changedAt: now };
}

/** After a soft bounce: the third within thirty days suppresses. */
export async function countSoftBounce(deps: SuppressDeps, subscriberId: string, at: Instant): Promise<void> {
  const subscriber = await changeSubscriber(deps.subscribers, subscriberId, (known) =>
    withSoftBounce(known, at),
  );
  const third = subscriber && thirdWithinDays(subscriber.softBounces);
  if (third) await suppress(deps, subscriberId, "bounce", third);
}

/** Remembers a soft bounce; the same one told twice counts once. */
export function withSoftBounce(subscriber: Subscriber, at: Instant): Subscriber | undefined {
  if (subscriber.softBounces.includes(at)) return undefined;
  const told = [...subscriber.softBounces, at].sort();
  const newest = told.at(-1) ?? at;
  return { ...subscriber, softBounces: told.filter((earlier) => earlier > addDays(newest, -rememberedDays)) };
}

/** The first of these instants, oldest first, that is the third within thirty days. */
export function thirdWithinDays(bounces: Instant[]): Instant | undefined {
  return bounces.find((at, index) => (bounces[index - 2] ?? "") > addDays(at, -softBounceDays));
}
