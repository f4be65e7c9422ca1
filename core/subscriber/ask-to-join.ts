import type { Instant } from "../time/instant.ts";
import { hasOpenRequest, planConfirmation } from "./plan-confirmation.ts";
import { type Subscriber, statusOf } from "./subscriber.ts";

export interface JoinRequest {
  /** At least one; those that are joined already stay as they are. */
  lists: string[];
  name: string;
  zone: string;
  /** The version of what was shown, or who showed it: part of the evidence. */
  textVersion: string;
  source: string;
  network: string;
  /** The page to go to after the confirmation, of those that the source allows. */
  afterConfirm?: string | undefined;
}

/**
 * A signup on top of what is known: the lists become `wanted` and one confirmation for all of them is due, as
 * soon as the caps allow. While a link of an earlier request is good, name, zone and evidence stay that request's: whoever
 * presses it may be another than who asks now. A list that is added then bears the evidence of its own request. Undefined
 * when nothing is to change: already on the lists, or suppressed.
 */
export function askToJoin(
  subscriber: Subscriber,
  request: JoinRequest,
  now: Instant,
): Subscriber | undefined {
  const asked = request.lists.filter((list) => subscriber.lists[list]?.state !== "joined");
  if (subscriber.suppressed || asked.length === 0) return undefined;
  const { textVersion, source, network, afterConfirm } = request;
  const evidence = { textVersion, source, network, ...(afterConfirm && { afterConfirm }), askedAt: now };
  const name = request.name || subscriber.name;
  const known = subscriber.consent.confirmedAt !== undefined || statusOf(subscriber) === "active";
  const isOpen = hasOpenRequest(subscriber, now);
  const wanted = asked.map((list) => {
    const membership = subscriber.lists[list];
    if (isOpen && membership?.state === "wanted") return [list, membership] as const;
    const fresh = { state: "wanted" as const, run: membership?.run ?? 0, since: now };
    return [list, isOpen ? { ...fresh, asked: evidence } : fresh] as const;
  });
  const asker = known
    ? { asked: { ...evidence, name, zone: request.zone } }
    : { consent: evidence, name, zone: request.zone };
  return {
    ...subscriber,
    ...(!isOpen && asker),
    lists: { ...subscriber.lists, ...Object.fromEntries(wanted) },
    ...planConfirmation(subscriber, now),
    changedAt: now,
  };
}
