import type { Catalogue } from "../catalogue.ts";
import { windowOf } from "../rhythm/rhythm.ts";
import { type Subscriber, statusOf } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { Digests } from "./digest-ports.ts";
import { digestList } from "./digest-subscription.ts";
import { digestDue, firstEdition } from "./edition.ts";

/** Starts the digest for someone who joined its list at that instant, with the next Monday's edition. Twice is harmless. */
export async function startDigest(
  deps: { digests: Digests; catalogue: Pick<Catalogue, "site"> },
  subscriber: Subscriber,
  joinedAt: Instant,
): Promise<void> {
  const edition = firstEdition(joinedAt, subscriber.zone);
  await deps.digests.start({
    subscriberId: subscriber.id,
    run: subscriber.lists[digestList]?.run ?? 1,
    edition,
    dueAt: digestDue(edition, subscriber.zone, windowOf(subscriber, deps.catalogue.site.defaults.window)),
  });
}

/** Whether the person is on the digest's list, and may be written to. */
export function readsDigest(subscriber: Subscriber): boolean {
  return statusOf(subscriber) === "active" && subscriber.lists[digestList]?.state === "joined";
}
