import type { Instant } from "../time/instant.ts";
import { planConfirmation } from "./plan-confirmation.ts";
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
 * soon as the caps allow. Undefined when nothing is to change: already on the lists, or suppressed.
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
  const wanted = asked.map((list) => [
    list,
    { state: "wanted" as const, run: subscriber.lists[list]?.run ?? 0, since: now },
  ]);
  return {
    ...subscriber,
    ...(known
      ? { asked: { ...evidence, name, zone: request.zone } }
      : { consent: evidence, name, zone: request.zone }),
    lists: { ...subscriber.lists, ...Object.fromEntries(wanted) },
    ...planConfirmation(subscriber, now),
    changedAt: now,
  };
}
