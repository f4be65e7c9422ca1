import type { Mailing } from "../delivery/mailing.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import type { Subscribers } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import { changeSubscriber } from "./change.ts";
import { type Subscriber, strikeOff } from "./subscriber.ts";

export interface SendConfirmationDeps extends OpenPacketsDeps {
  subscribers: Subscribers;
}

/**
 * Enqueues the confirmation that is due, then strikes the task off. Signup calls it at once; should that
 * fail, dispatch finds the task within a minute. Twice is harmless: the mailing's id is the same.
 */
export async function sendConfirmation(deps: SendConfirmationDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.confirm;
  if (!dueAt || dueAt > deps.clock.now()) return;
  await openPackets(deps, confirmMailing(subscriber, dueAt), [subscriber.id], { plannedAt: dueAt });
  await changeSubscriber(deps.subscribers, subscriber.id, (current) => strikeOff(current, "confirm", dueAt));
}

/** The mailing of the confirmation, or of the reminder of it, that is due then; the caps leave one a day. */
export function confirmMailing(
  { remindedAt }: Pick<Subscriber, "remindedAt">,
  dueAt: Instant,
): Mailing & { kind: "confirm" } {
  return { kind: "confirm", date: dueAt.slice(0, 10), round: remindedAt === dueAt ? 2 : 1 };
}
