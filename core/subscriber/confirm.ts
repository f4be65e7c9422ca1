import { type EnrolDeps, enrol } from "../course/enrol.ts";
import { fastPath } from "../fast-path.ts";
import type { Keys } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import { verifyToken } from "../token/token.ts";
import { changeSubscriber } from "./change.ts";
import { listsIn, type Subscriber, statusOf } from "./subscriber.ts";

export interface ConfirmDeps extends EnrolDeps {
  keys: Keys;
}

export type ConfirmOutcome =
  /** `enrolled` is false when the course waits for the next minute's dispatch. */
  | { status: "confirmed"; lists: string[]; enrolled: boolean }
  /** The link was good, yet nothing waits for it: the person left, or mail to them bounced. */
  | { status: "sign-up-again" }
  | { status: "expired" }
  | { status: "forged" };

/** Double opt-in, second half: a POST with the token of the confirmation mail. Twice is harmless. */
export async function confirmSignUp(
  deps: ConfirmDeps,
  input: { token: string; network: string },
): Promise<ConfirmOutcome> {
  const now = deps.clock.now();
  const check = verifyToken(await deps.keys.ring(), "confirm", input.token, now);
  if (check.status !== "valid") return { status: check.status };
  const subscriber = await changeSubscriber(deps.subscribers, check.subscriberId, (known) =>
    join(known, input.network, now),
  );
  if (!subscriber || statusOf(subscriber) !== "active") return { status: "sign-up-again" };
  const enrolled = await fastPath(() => enrol(deps, subscriber));
  return { status: "confirmed", lists: listsIn(subscriber, "joined"), enrolled };
}

/** Joins every list that was asked for; undefined if none was, or if mail must not be sent. */
export function join(subscriber: Subscriber, network: string, now: Instant): Subscriber | undefined {
  const wanted = listsIn(subscriber, "wanted");
  if (subscriber.suppressed || wanted.length === 0) return undefined;
  const joined = wanted.map((list) => [
    list,
    { state: "joined" as const, run: (subscriber.lists[list]?.run ?? 0) + 1, since: now },
  ]);
  const { confirm: _, ...todo } = subscriber.todo;
  const { asked, ...known } = subscriber;
  const { name, zone, ...evidence } = asked ?? { ...subscriber.consent, name: known.name, zone: known.zone };
  return {
    ...known,
    name,
    zone,
    lists: { ...subscriber.lists, ...Object.fromEntries(joined) },
    consent: { ...evidence, confirmedAt: now, confirmedFrom: network },
    // One that was planned and has become needless counts for no cap.
    confirmationsAt: subscriber.confirmationsAt.filter((at) => at <= now),
    todo: { ...todo, enrol: now },
    changedAt: now,
  };
}
