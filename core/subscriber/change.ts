import { AppError } from "../errors.ts";
import type { Subscribers } from "../ports.ts";
import type { Subscriber } from "./subscriber.ts";

const attempts = 5;

/**
 * Changes a subscriber as it stands now: loads, applies the pure `change`, and stores it over the revision it
 * was made from; on a lost race it starts again. `change` returns undefined to leave everything as it is.
 * @returns the subscriber after the change, or undefined if there is none.
 * @throws AppError `subscriber.contended` when the row keeps changing under us.
 */
export async function changeSubscriber(
  subscribers: Subscribers,
  id: string,
  change: (subscriber: Subscriber) => Subscriber | undefined,
): Promise<Subscriber | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const subscriber = await subscribers.load(id);
    if (!subscriber) return undefined;
    const changed = change(subscriber);
    if (!changed) return subscriber;
    if (await subscribers.replace(changed)) return { ...changed, rev: subscriber.rev + 1 };
  }
  throw new AppError("unavailable", "subscriber.contended", `Subscriber ${id} kept changing; try again`);
}
