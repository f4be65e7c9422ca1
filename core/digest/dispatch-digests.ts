import type { Catalogue } from "../catalogue.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { forEvery } from "../every.ts";
import type { Subscribers } from "../ports.ts";
import { readable } from "../subscriber/readable.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Digests, News } from "./digest-ports.ts";
import { type DueDigest, digestList } from "./digest-subscription.ts";
import { digestDue, editionAfter } from "./edition.ts";
import { readsDigest } from "./start-digest.ts";

export interface DispatchDigestsDeps extends OpenPacketsDeps {
  digests: Digests;
  news: News;
  subscribers: Subscribers;
  catalogue: Pick<Catalogue, "site">;
}

/**
 * Sends the digests that are due, if their edition has anything in it: packets first, and only then each
 * reader moves on to the next edition, from what was read. A crash between the two enqueues the same
 * deliveries again, which the ledger stops.
 */
export async function dispatchDigests(deps: DispatchDigestsDeps, limit: number): Promise<void> {
  const due = await deps.digests.due(deps.clock.now(), limit);
  const subscribers = await deps.subscribers.loadMany(due.map(({ subscriberId }) => subscriberId));
  const reader = ({ subscriberId, run }: DueDigest) => {
    const subscriber = subscribers.get(subscriberId);
    return subscriber === "unreadable" ? undefined : readerOf(subscriber, run);
  };

  const reading = due.filter(reader);
  for (const [edition, readers] of Map.groupBy(reading, (digest) => digest.edition)) {
    if ((await deps.news.inEdition(edition, 1)).length === 0) continue;
    for (const [dueAt, group] of Map.groupBy(readers, (digest) => digest.dueAt)) {
      const recipients = group.map(({ subscriberId }) => subscriberId);
      await openPackets(deps, { kind: "digest", edition }, recipients, { plannedAt: dueAt });
    }
  }
  await forEvery(due, async (digest) => {
    readable(subscribers.get(digest.subscriberId));
    const subscriber = reader(digest);
    await deps.digests.advance(digest, subscriber ? nextFor(deps, subscriber, digest) : "stopped");
  });
}

/** The subscriber, if still on this run of the list. */
function readerOf(subscriber: Subscriber | undefined, run: number): Subscriber | undefined {
  if (!subscriber || !readsDigest(subscriber)) return undefined;
  return subscriber.lists[digestList]?.run === run ? subscriber : undefined;
}

function nextFor({ catalogue }: DispatchDigestsDeps, { zone }: Subscriber, { edition }: DueDigest) {
  const next = editionAfter(edition);
  return { edition: next, dueAt: digestDue(next, zone, catalogue.site.defaults.window) };
}
