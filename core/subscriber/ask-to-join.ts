import { addDays, addHours, type Instant } from "../time/instant.ts";
import { type Subscriber, statusOf } from "./subscriber.ts";

/** Bump when the consent text of the signup page changes: it is part of the evidence. */
const consentTextVersion = "2026-11";

export interface JoinRequest {
  /** At least one; those that are joined already stay as they are. */
  lists: string[];
  name: string;
  zone: string;
  source: string;
  network: string;
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
  const { source, network } = request;
  const evidence = { textVersion: consentTextVersion, source, network, askedAt: now };
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
    ...withConfirmation(subscriber, now),
    changedAt: now,
  };
}

/**
 * The confirmation that a request calls for: now or, within the caps, later. None where one that was mailed, or
 * is planned, has not been used yet: its link confirms whatever is wanted by then.
 */
function withConfirmation(
  { confirmationsAt, consent, todo }: Subscriber,
  now: Instant,
): Pick<Subscriber, "confirmationsAt" | "todo"> {
  const recent = confirmationsAt.filter((at) => at > addDays(now, -30));
  const newest = recent.at(-1);
  const at = whenAllowed(recent, now);
  const unused = newest !== undefined && (consent.confirmedAt ?? "") < newest;
  if (at > now && unused) return { confirmationsAt: recent, todo };
  return { confirmationsAt: [...recent, at], todo: { ...todo, confirm: at } };
}

/** One confirmation a day and three in thirty days to one address, so that no form can be used to flood it. */
function whenAllowed(recent: Instant[], now: Instant): Instant {
  const newest = recent.at(-1);
  const third = recent.at(-3);
  const caps = [newest && addHours(newest, 24), third && addDays(third, 30)].filter((at) => at !== undefined);
  return [now, ...caps].sort().at(-1) ?? now;
}
