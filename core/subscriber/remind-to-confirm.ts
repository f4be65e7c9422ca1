import { changeSubscriber } from "./change.ts";
import { planReminder } from "./plan-confirmation.ts";
import { type SendConfirmationDeps, sendConfirmation } from "./send-confirmation.ts";
import type { Subscriber } from "./subscriber.ts";

/**
 * Turns a reminder that has come due into a confirmation that is due, which counts in the caps before anything is
 * enqueued, and sends that. Twice is harmless.
 */
export async function remindToConfirm(deps: SendConfirmationDeps, subscriber: Subscriber): Promise<void> {
  const now = deps.clock.now();
  if (!planReminder(subscriber, now)) return;
  const reminded = await changeSubscriber(deps.subscribers, subscriber.id, (current) =>
    planReminder(current, now),
  );
  if (reminded) await sendConfirmation(deps, reminded);
}
