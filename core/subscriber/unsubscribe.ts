import { digestList } from "../digest/digest-subscription.ts";
import type { Keys, Subscribers } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { checkToken } from "../token/check-token.ts";
import { changeSubscriber } from "./change.ts";
import { type LeaveReason, leaveReasons, type Subscriber } from "./subscriber.ts";

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
  input: { token: string; reason?: LeaveReason | undefined },
): Promise<UnsubscribeOutcome> {
  return byToken(deps, input.token, (known, list, now) => leave(known, list, now, input.reason));
}

/** Leaves every list, by the link to leave one of them. */
export async function unsubscribeFromAll(
  deps: UnsubscribeDeps,
  input: { token: string },
): Promise<UnsubscribeOutcome> {
  return byToken(deps, input.token, (known, _, now) => leaveAll(known, now));
}

/** Notes why somebody left, who may say so once they are gone. */
export async function giveReason(
  deps: UnsubscribeDeps,
  input: { token: string; reason: LeaveReason | undefined },
): Promise<UnsubscribeOutcome> {
  return byToken(deps, input.token, (known, list, now) =>
    known.lists[list]?.state === "left" ? leave(known, list, now, input.reason) : undefined,
  );
}

/** A reason as a form has it; whatever is none of ours is none, and keeps nobody from leaving. */
export function readReason(text: string): LeaveReason | undefined {
  return leaveReasons.find((reason) => reason === text);
}

async function byToken(
  deps: UnsubscribeDeps,
  token: string,
  change: (known: Subscriber, list: string, now: Instant) => Subscriber | undefined,
): Promise<UnsubscribeOutcome> {
  const now = deps.clock.now();
  const check = await checkToken(deps.keys, "unsubscribe", token, now);
  if (check.status !== "valid") return { status: "forged" };
  const { subscriberId, list } = check;
  await changeSubscriber(deps.subscribers, subscriberId, (known) => change(known, list, now));
  return { status: "left", list };
}

/** Leaves a list that was joined or asked for, or adds the reason for having left; undefined if nothing changes. */
export function leave(
  subscriber: Subscriber,
  list: string,
  now: Instant,
  reason?: LeaveReason,
): Subscriber | undefined {
  const membership = Object.hasOwn(subscriber.lists, list) ? subscriber.lists[list] : undefined;
  if (!membership) return undefined;
  const isGone = membership.state === "left";
  if (isGone && (reason === undefined || reason === membership.reason)) return undefined;
  const since = isGone ? membership.since : now;
  return {
    ...subscriber,
    lists: {
      ...subscriber.lists,
      [list]: { ...membership, state: "left", since, ...(reason && { reason }) },
    },
    ...(membership.state === "joined" && { todo: todoAfterLeaving(subscriber, list, now) }),
    changedAt: now,
  };
}

/** The digest waits for the end of a course, and leaving it is one. */
function todoAfterLeaving(subscriber: Subscriber, list: string, now: Instant): Subscriber["todo"] {
  const waits =
    list !== digestList && !subscriber.suppressed && subscriber.lists[digestList]?.state === "joined";
  return waits ? { ...subscriber.todo, enrol: now } : subscriber.todo;
}

/** Leaves all lists, also those that were only asked for; undefined if there is none. */
export function leaveAll(subscriber: Subscriber, now: Instant): Subscriber | undefined {
  const left = Object.keys(subscriber.lists).reduce(
    (known, list) => leave(known, list, now) ?? known,
    subscriber,
  );
  return left === subscriber ? undefined : left;
}
