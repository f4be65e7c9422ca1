import { addDays, addHours, type Instant } from "../time/instant.ts";
import type { Subscriber } from "./subscriber.ts";

/** Bump when the consent text of the signup page changes: it is part of the evidence. */
const consentTextVersion = "2026-11";

export interface JoinRequest {
  list: string;
  name: string;
  zone: string;
  source: string;
  network: string;
}

/**
 * A signup on top of what is known: the list becomes `wanted` and, as far as the caps allow, a confirmation is
 * due. Undefined when nothing is to change: already on the list, or suppressed.
 */
export function askToJoin(
  subscriber: Subscriber,
  request: JoinRequest,
  now: Instant,
): Subscriber | undefined {
  const membership = subscriber.lists[request.list];
  if (subscriber.suppressed || membership?.state === "joined") return undefined;
  const mail = mayConfirm(subscriber.confirmationsAt, now);
  const recent = subscriber.confirmationsAt.filter((at) => at > addDays(now, -30));
  return {
    ...subscriber,
    name: request.name || subscriber.name,
    zone: request.zone,
    lists: {
      ...subscriber.lists,
      [request.list]: { state: "wanted", run: membership?.run ?? 0, since: now },
    },
    consent: {
      textVersion: consentTextVersion,
      source: request.source,
      network: request.network,
      askedAt: now,
    },
    confirmationsAt: mail ? [...recent, now] : recent,
    todo: mail ? { ...subscriber.todo, confirm: now } : subscriber.todo,
    changedAt: now,
  };
}

/** One confirmation a day and three in thirty days to one address, so that no form can be used to flood it. */
function mayConfirm(confirmationsAt: Instant[], now: Instant): boolean {
  const today = confirmationsAt.filter((at) => at > addHours(now, -24));
  const month = confirmationsAt.filter((at) => at > addDays(now, -30));
  return today.length < 1 && month.length < 3;
}
