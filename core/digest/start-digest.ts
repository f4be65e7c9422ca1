import type { Catalogue } from "../catalogue.ts";
import type { DigestStandings } from "../explain/explain-ports.ts";
import { type Subscriber, statusOf } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { Digests } from "./digest-ports.ts";
import { digestList } from "./digest-subscription.ts";
import { firstEdition } from "./edition.ts";
import { firstNotHeld, nextDigest } from "./plan-digest.ts";

export interface StartDigestDeps {
  digests: Pick<Digests, "start"> & DigestStandings;
  catalogue: Pick<Catalogue, "site">;
  clock: Clock;
}

/**
 * Starts the digest for someone who joined its list at that instant, with what comes from the next Monday on and no
 * digest of an earlier run has held. Twice is harmless.
 */
export async function startDigest(
  deps: StartDigestDeps,
  subscriber: Subscriber,
  joinedAt: Instant,
): Promise<void> {
  const before = await deps.digests.load(subscriber.id);
  const first = firstEdition(joinedAt, subscriber.zone);
  const notHeld = before && firstNotHeld(before, deps.clock.now());
  const since = notHeld !== undefined && notHeld > first ? notHeld : first;
  await deps.digests.start({
    subscriberId: subscriber.id,
    run: subscriber.lists[digestList]?.run ?? 1,
    ...nextDigest(subscriber, since, deps.catalogue.site.defaults.window),
  });
}

/** Whether the person is on the digest's list, and may be written to. */
export function readsDigest(subscriber: Subscriber): boolean {
  return statusOf(subscriber) === "active" && subscriber.lists[digestList]?.state === "joined";
}
