import * as z from "zod";
import type { Catalogue, FeedSource } from "../catalogue.ts";
import { editionOf } from "../digest/edition.ts";
import { forEvery } from "../every.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { FeedEntry, FeedItem } from "./feed-item.ts";
import type { FeedReader, Feeds } from "./feed-ports.ts";
import { itemKey } from "./item-key.ts";
import { type Judgement, judge } from "./judge-item.ts";
import { isDue } from "./schedule-poll.ts";
import { stateAfter, validatorsOf } from "./state-after.ts";

/** The message that asks for one feed. */
export const FeedPoll = z.object({ v: z.literal(1), feedId: z.string().min(1) });
export type FeedPoll = z.infer<typeof FeedPoll>;

export interface PollFeedDeps {
  feeds: Feeds;
  feedReader: FeedReader;
  catalogue: Pick<Catalogue, "feeds" | "feedRules">;
  clock: Clock;
}

export type PollFeedOutcome =
  | { status: "read"; added: number }
  | { status: "unchanged" | "not-due" | "gone" }
  | { status: "failed"; code: string };

/**
 * Polls one feed: stores what is new in it, then how it went. A feed that fails is an outcome, kept in its
 * state; only what cannot be stored throws. Twice is harmless: an item is stored once.
 */
export async function pollFeed(deps: PollFeedDeps, { feedId }: FeedPoll): Promise<PollFeedOutcome> {
  const source = deps.catalogue.feeds.find(({ id }) => id === feedId);
  if (!source) return { status: "gone" };
  const now = deps.clock.now();
  const before = await deps.feeds.loadState(feedId);
  if (!isDue(before, now)) return { status: "not-due" };

  const reading = await deps.feedReader.read(source, validatorsOf(source, before));
  const entries = reading.status === "read" ? reading.entries : [];
  const judged = judge(deps.catalogue.feedRules);
  let added = 0;
  await forEvery(entries, async (entry) => {
    if (await deps.feeds.addItem(toItem(source, entry, judged(source, entry), deps.clock.now()))) added++;
  });
  await deps.feeds.saveState(stateAfter(source, before, reading, now), before);
  if (reading.status === "read") return { status: "read", added };
  return reading.status === "failed" ? { status: "failed", code: reading.code } : { status: "unchanged" };
}

/** An entry in the edition that it belongs to for ever. */
function toItem(
  source: FeedSource,
  entry: FeedEntry,
  { topic, score }: Judgement,
  firstSeenAt: Instant,
): FeedItem {
  const { guid: _, categories: __, ...shown } = entry;
  return {
    ...shown,
    feedId: source.id,
    key: itemKey(entry),
    topic,
    ...(score !== 0 && { score }),
    source: source.title,
    firstSeenAt,
    edition: editionOf(firstSeenAt),
  };
}
