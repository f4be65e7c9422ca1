import type { Catalogue } from "../catalogue.ts";
import { goesAt, type ReserveDaysDeps, reserveDays } from "../day/reserve-days.ts";
import { mailingId } from "../delivery/mailing.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { forEvery } from "../every.ts";
import type { Subscribers } from "../ports.ts";
import { readable } from "../subscriber/readable.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { itemsOf } from "./choose-news.ts";
import type { Digests, News } from "./digest-ports.ts";
import { type DigestPlan, type DigestStop, type DueDigest, digestList } from "./digest-subscription.ts";
import { type Edition, editionAfter } from "./edition.ts";
import { digestDaily, mayRead } from "./may-read.ts";
import { digestMailing, editionsOfMailing, nextDigest } from "./plan-digest.ts";
import { readNews } from "./read-news.ts";
import { readsDigest } from "./start-digest.ts";

export interface DispatchDigestsDeps extends OpenPacketsDeps, ReserveDaysDeps {
  digests: Digests;
  news: News;
  subscribers: Subscribers;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

/**
 * Sends the digests that are due, if their editions have anything in them: packets first, and only then each
 * reader moves on to the next, from what was read. A crash between the two enqueues the same
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
  for (const [, readers] of Map.groupBy(reading, (digest) => mailingId(digestMailing(digest)))) {
    const mailing = digestMailing(readers[0] as DueDigest);
    const wanting = await thoseWithNews(deps, editionsOfMailing(mailing), readers, reader);
    for (const [dueAt, group] of Map.groupBy(wanting, (digest) => digest.dueAt)) {
      const recipients = group.map(({ subscriberId }) => subscriberId);
      const going = group.flatMap((digest) => reader(digest) ?? []);
      const weeks = editionsOfMailing(mailing).length;
      const look = (one: Subscriber) => mayRead(window, weeks, one, { plannedAt: dueAt, now });
      const readersAt = going.flatMap((one) => goesAt(look, one, now));
      await reserveDays(deps, mailing, digestDaily(window), readersAt, now);
      await openPackets(deps, mailing, recipients, { plannedAt: dueAt });
    }
  }
  await forEvery(due, async (digest) => {
    readable(subscribers.get(digest.subscriberId));
    await deps.digests.advance(digest, nextFor(deps, reader(digest), digest));
  });
}

/** The readers for whom there is something; what there is is looked through only where somebody has chosen topics. */
async function thoseWithNews(
  { news }: DispatchDigestsDeps,
  editions: Edition[],
  readers: DueDigest[],
  subscriberOf: (digest: DueDigest) => Subscriber | undefined,
): Promise<DueDigest[]> {
  const chosen = readers.some((digest) => subscriberOf(digest)?.topics);
  const items = chosen
    ? await readNews(news, editions)
    : (await Promise.all(editions.map((edition) => news.inEdition(edition, 1)))).flat();
  return readers.filter((digest) => itemsOf(items, subscriberOf(digest)?.topics).length > 0);
}

/** The subscriber, if still on this run of the list. */
function readerOf(subscriber: Subscriber | undefined, run: number): Subscriber | undefined {
  if (!subscriber || !readsDigest(subscriber)) return undefined;
  return subscriber.lists[digestList]?.run === run ? subscriber : undefined;
}

/** What comes after a digest, by what the reader wants now; whoever reads no more stops behind it. */
function nextFor(
  { catalogue }: DispatchDigestsDeps,
  reader: Subscriber | undefined,
  { edition }: DueDigest,
): DigestPlan | DigestStop {
  const since = editionAfter(edition);
  if (!reader) return { stopped: true, since };
  return nextDigest(reader, since, catalogue.site.defaults.window);
}
