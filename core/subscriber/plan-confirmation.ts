import { addDays, addHours, type Instant } from "../time/instant.ts";
import type { Subscriber } from "./subscriber.ts";

/** A confirmation link lives this long, in days. */
export const confirmDays = 7;
const remindAfterHours = 24;
const forgetAfterDays = 30;

/**
 * The confirmation that a request calls for: now or, within the caps, later. None where the link of one that was mailed, or
 * is planned, is still good: it confirms whatever is wanted by then. Whoever does not confirm is reminded, and then forgotten.
 */
export function planConfirmation(
  { confirmationsAt, consent, todo }: Pick<Subscriber, "confirmationsAt" | "consent" | "todo">,
  now: Instant,
): Pick<Subscriber, "confirmationsAt" | "todo"> {
  const recent = withinMonth(confirmationsAt, now);
  const newest = recent.at(-1);
  const at = whenAllowed(recent, now);
  if (newest !== undefined && at > now && isGood(newest, consent, now))
    return { confirmationsAt: recent, todo: { ...todo, ...afterwards(newest, now) } };
  return { confirmationsAt: [...recent, at], todo: { ...todo, confirm: at, ...afterwards(at, now) } };
}

/** Whether a request is open whose confirmation was mailed, or is planned, and whose link is still good. */
export function hasOpenRequest(subscriber: Subscriber, now: Instant): boolean {
  const isWanted = Object.values(subscriber.lists).some(({ state }) => state === "wanted");
  const newest = subscriber.confirmationsAt.at(-1);
  return isWanted && newest !== undefined && isGood(newest, subscriber.consent, now);
}

function isGood(newest: Instant, { confirmedAt = "" }: Subscriber["consent"], now: Instant): boolean {
  return confirmedAt < newest && now < addDays(newest, confirmDays);
}

/**
 * The reminder that has come due, as a confirmation of its own: it counts in the caps, and goes the same way. Undefined
 * while it is not due.
 */
export function planReminder(subscriber: Subscriber, now: Instant): Subscriber | undefined {
  const { remind, ...todo } = subscriber.todo;
  if (remind === undefined || remind > now) return undefined;
  const struckOff = { ...subscriber, todo };
  const isOpen = Object.values(subscriber.lists).some(({ state }) => state === "wanted");
  if (!isOpen || subscriber.suppressed) return struckOff;
  // The confirmation itself has not gone yet: both would come at once.
  if (todo.confirm !== undefined) {
    const from = todo.confirm > now ? todo.confirm : now;
    return { ...struckOff, todo: { ...todo, remind: addHours(from, remindAfterHours) } };
  }
  const recent = withinMonth(subscriber.confirmationsAt, now);
  if (whenAllowed(recent, now) > now) return struckOff;
  return {
    ...struckOff,
    confirmationsAt: [...recent, now],
    remindedAt: now,
    todo: { ...todo, confirm: now },
  };
}

function withinMonth(confirmationsAt: Instant[], now: Instant): Instant[] {
  return confirmationsAt.filter((at) => at > addDays(now, -30));
}

function afterwards(sentAt: Instant, now: Instant): Pick<Subscriber["todo"], "remind" | "forget"> {
  const remind = addHours(sentAt, remindAfterHours);
  const forget = addDays(sentAt > now ? sentAt : now, forgetAfterDays);
  return remind > now ? { remind, forget } : { forget };
}

/** One confirmation a day and three in thirty days to one address, so that no form can be used to flood it. */
function whenAllowed(recent: Instant[], now: Instant): Instant {
  const newest = recent.at(-1);
  const third = recent.at(-3);
  const caps = [newest && addHours(newest, 24), third && addDays(third, 30)].filter((at) => at !== undefined);
  return [now, ...caps].sort().at(-1) ?? now;
}
