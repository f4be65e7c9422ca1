import type { Catalogue } from "../catalogue.ts";
import { goesAt, type ReserveDaysDeps, reserveDays } from "../day/reserve-days.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { forEvery } from "../every.ts";
import type { Subscribers } from "../ports.ts";
import { windowOf } from "../rhythm/rhythm.ts";
import { readable } from "../subscriber/readable.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { itemsOf, mostRead } from "./choose-news.ts";
import { mayRead } from "./digest-letter.ts";
import type { Digests, News } from "./digest-ports.ts";
import { type DueDigest, digestList } from "./digest-subscription.ts";
import { digestDue, type Edition, editionAfter } from "./edition.ts";
import { readsDigest } from "./start-digest.ts";

export interface DispatchDigestsDeps extends OpenPacketsDeps, ReserveDaysDeps {
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
  const now = deps.clock.now();
  const { window } = deps.catalogue.site.defaults;
  const due = await deps.digests.due(now, limit);
  const subscribers = await deps.subscribers.loadMany(due.map(({ subscriberId }) => subscriberId));
  const reader = ({ subscriberId, run }: DueDigest) => {
    const subscriber = subscribers.get(subscriberId);
    return subscriber === "unreadable" ? undefined : readerOf(subscriber, run);
  };

  const reading = due.filter(reader);
  for (const [edition, readers] of Map.groupBy(reading, (digest) => digest.edition)) {
    const wanting = await thoseWithNews(deps, edition, readers, reader);
    for (const [dueAt, group] of Map.groupBy(wanting, (digest) => digest.dueAt)) {
      const recipients = group.map(({ subscriberId }) => subscriberId);
      const readers = group.flatMap((digest) => reader(digest) ?? []);
      await reserveDays(
        deps,
        { kind: "digest", edition },
        readers.flatMap((one) => goesAt(mayRead(window, one, { plannedAt: dueAt, now }), one, now)),
      );
      await openPackets(deps, { kind: "digest", edition }, recipients, { plannedAt: dueAt });
    }
  }
  await forEvery(due, async (digest) => {
    readable(subscribers.get(digest.subscriberId));
    const subscriber = reader(digest);
    await deps.digests.advance(digest, subscriber ? nextFor(deps, subscriber, digest) : "stopped");
  });
}

/** The readers for whom an edition has something; what it has is looked through only where somebody has chosen topics. */
async function thoseWithNews(
  { news }: DispatchDigestsDeps,
  edition: Edition,
  readers: DueDigest[],
  subscriberOf: (digest: DueDigest) => Subscriber | undefined,
): Promise<DueDigest[]> {
  const chosen = readers.some((digest) => subscriberOf(digest)?.topics);
  const items = await news.inEdition(edition, chosen ? mostRead : 1);
  return readers.filter((digest) => itemsOf(items, subscriberOf(digest)?.topics).length > 0);
}

/** The subscriber, if still on this run of the list. */
function readerOf(subscriber: Subscriber | undefined, run: number): Subscriber | undefined {
  if (!subscriber || !readsDigest(subscriber)) return undefined;
  return subscriber.lists[digestList]?.run === run ? subscriber : undefined;
}

function nextFor({ catalogue }: DispatchDigestsDeps, reader: Subscriber, { edition }: DueDigest) {
  const next = editionAfter(edition);
  const window = windowOf(reader, catalogue.site.defaults.window);
  return { edition: next, dueAt: digestDue(next, reader.zone, window) };
}
