import type { Keys, Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { checkToken } from "../token/check-token.ts";

export interface FindReaderDeps {
  subscribers: Subscribers;
  keys: Keys;
  clock: Clock;
}

/** Whose progress link it is. `gone` is somebody whose data was erased. */
export type FoundReader = { status: "found"; reader: Subscriber } | { status: "forged" } | { status: "gone" };

/** Finds the reader of a progress link, or of one to unsubscribe; it came in a mail to them, and never expires. */
export async function findReader(
  deps: FindReaderDeps,
  token: string,
  purpose: "progress" | "unsubscribe" = "progress",
): Promise<FoundReader> {
  const check = await checkToken(deps.keys, purpose, token, deps.clock.now());
  if (check.status !== "valid") return { status: "forged" };
  const reader = await deps.subscribers.load(check.subscriberId);
  return reader && reader.todo.erase === undefined ? { status: "found", reader } : { status: "gone" };
}
