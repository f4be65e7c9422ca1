import { fastPath } from "../fast-path.ts";
import type { Keys } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import { checkToken } from "../token/check-token.ts";
import { changeSubscriber } from "./change.ts";
import { planConfirmation } from "./plan-confirmation.ts";
import { type SendConfirmationDeps, sendConfirmation } from "./send-confirmation.ts";
import { listsIn, type Subscriber } from "./subscriber.ts";

export interface AskAgainDeps extends SendConfirmationDeps {
  keys: Keys;
}

export type AskAgainOutcome =
  /** The same whether a link goes, waits for the caps, or has nothing to confirm any more. */
  { status: "asked"; enqueued: boolean } | { status: "forged" };

/** A late visitor wants a new link, which goes to the same address as the old one, within the caps. */
export async function askForNewLink(deps: AskAgainDeps, input: { token: string }): Promise<AskAgainOutcome> {
  const now = deps.clock.now();
  const check = await checkToken(deps.keys, "confirm", input.token, now);
  if (check.status === "forged") return { status: "forged" };
  const subscriber = await changeSubscriber(deps.subscribers, check.subscriberId, (known) =>
    askAgain(known, now),
  );
  const enqueued = !subscriber || (await fastPath(() => sendConfirmation(deps, subscriber)));
  return { status: "asked", enqueued };
}

/** The open request once more, by the rules of a second signup; undefined if nothing is open. */
export function askAgain(subscriber: Subscriber, now: Instant): Subscriber | undefined {
  if (subscriber.suppressed || listsIn(subscriber, "wanted").length === 0) return undefined;
  return { ...subscriber, ...planConfirmation(subscriber, now), changedAt: now };
}
