import * as z from "zod";
import type { Catalogue } from "../catalogue.ts";
import type { Clock } from "../time/clock.ts";
import { joinFeed } from "./feed-list.ts";
import type { FeedList, FeedReader, Feeds, ItemMarks } from "./feed-ports.ts";
import { keepItems } from "./keep-items.ts";
import { isDue } from "./schedule-poll.ts";
import { stateAfter, validatorsOf, wasSilent } from "./state-after.ts";

/** The message that asks for one feed. */
export const FeedPoll = z.object({ v: z.literal(1), feedId: z.string().min(1) });
export type FeedPoll = z.infer<typeof FeedPoll>;

export interface PollFeedDeps {
  feeds: Feeds;
  feedList: FeedList;
  itemMarks: ItemMarks;
  feedReader: FeedReader;
  catalogue: Pick<Catalogue, "feeds" | "feedRules">;
  clock: Clock;
}

export type PollFeedOutcome =
  | { status: "read"; added: number; changed: number }
  | { status: "unchanged" | "not-due" | "gone" | "off" }
  | { status: "failed"; code: string };

/**
 * Polls one feed: stores what is new or has changed in it, then how it went. A feed that fails is an outcome, kept in
 * its state; only what cannot be stored throws. Twice is harmless: an item is stored once.
 */
export async function pollFeed(deps: PollFeedDeps, { feedId }: FeedPoll): Promise<PollFeedOutcome> {
  const source = joinFeed(deps.catalogue.feeds, feedId, await deps.feedList.find(feedId));
  if (!source) return { status: "gone" };
  if (source.off) return { status: "off" };
  const now = deps.clock.now();
  const before = await deps.feeds.loadState(feedId);
  if (!isDue(before, source, now)) return { status: "not-due" };

  const reading = await deps.feedReader.read(source, validatorsOf(source, before));
  const entries = reading.status === "read" ? reading.entries : [];
  const kept = await keepItems(deps, source, entries, { silent: wasSilent(source, before, now) });
  await deps.feeds.saveState(stateAfter(source, before, reading, now), before);
  if (reading.status === "read") return { status: "read", ...kept };
  return reading.status === "failed" ? { status: "failed", code: reading.code } : { status: "unchanged" };
}
