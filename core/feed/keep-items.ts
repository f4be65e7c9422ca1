import type { Catalogue, FeedSource } from "../catalogue.ts";
import { editionOf } from "../digest/edition.ts";
import { forEvery } from "../every.ts";
import type { Clock } from "../time/clock.ts";
import { addDays } from "../time/instant.ts";
import type { FeedEntry, FeedItem, StoredItem } from "./feed-item.ts";
import type { Feeds, ItemMarks } from "./feed-ports.ts";
import { type Judgement, judge } from "./judge-item.ts";
import { keepMarks } from "./keep-marks.ts";
import { newsOf } from "./news-of.ts";
import type { Recognised } from "./recognise.ts";

export interface KeepItemsDeps {
  feeds: Feeds;
  itemMarks: ItemMarks;
  catalogue: Pick<Catalogue, "feedRules">;
  clock: Clock;
}

/** For so long an item that its marks name, and that is not there, was lost by a crash; after it, it has had its time. */
const mendDays = 30;

/**
 * Keeps what a document of a feed lists: new items go into the edition of the week, changed ones are changed where they
 * are, and what is as it was costs no write. `silent` tells that the feed was not read for long, or never.
 */
export async function keepItems(
  deps: KeepItemsDeps,
  source: FeedSource,
  entries: readonly FeedEntry[],
  { silent }: { silent: boolean },
): Promise<{ added: number; changed: number }> {
  const now = deps.clock.now();
  const news = newsOf(entries, now);
  const isOld = (entry: FeedEntry) => silent && !news.has(entry);
  const recognised = firstOfEach(await keepMarks(deps, source.id, entries, { now, isOld }));

  const ids = recognised.map(({ as }) => ({ feedId: as.feed, key: as.key }));
  const stored = await deps.feeds.loadItems(ids);
  const judged = judge(deps.catalogue.feedRules);
  const counts = { added: 0, changed: 0 };
  await forEvery(recognised, async ({ entry, as, isAtAnother }) => {
    const before = stored.get(as.key);
    const shown = shownOf(source, entry, judged(source, entry));
    if (!before) {
      if (as.at < addDays(now, -mendDays)) return;
      if (await deps.feeds.addItem(toItem(as, shown, deps.clock))) counts.added++;
    } else if (before.feedId === source.id) {
      const after = changedItem(before, isAtAnother ? { ...shown, url: before.url } : shown);
      if (after && (await deps.feeds.changeItem(after))) counts.changed++;
    }
  });
  return counts;
}

/** What of an item may change: all but where it is and when it was first seen. */
export type Shown = Omit<FeedItem, "feedId" | "key" | "firstSeenAt" | "edition">;

/** An item in the edition that it belongs to for ever. */
export function toItem({ feed, key }: Recognised["as"], shown: Shown, clock: Pick<Clock, "now">): FeedItem {
  const firstSeenAt = clock.now();
  return { ...shown, feedId: feed, key, firstSeenAt, edition: editionOf(firstSeenAt) };
}

/** An item as it is to stand from now on; undefined if it does so already. */
export function changedItem(before: StoredItem, shown: Shown): StoredItem | undefined {
  const { feedId, key, firstSeenAt, edition, rev, ...stood } = before;
  const names = new Set([...Object.keys(stood), ...Object.keys(shown)]) as Set<keyof Shown>;
  if ([...names].every((name) => stood[name] === shown[name])) return undefined;
  return { ...shown, feedId, key, firstSeenAt, edition, rev };
}

/** Each item once, as the document has it first; none that is too old to be kept. */
function firstOfEach(recognised: Recognised[]): Recognised[] {
  const news = recognised.filter(({ as }) => !as.old);
  return [...new Map(news.toReversed().map((one) => [one.as.key, one])).values()].toReversed();
}

function shownOf(source: FeedSource, entry: FeedEntry, { topic, score }: Judgement): Shown {
  const { guid: _, categories: __, ...shown } = entry;
  return { ...shown, topic, ...(score !== 0 && { score }), source: source.title };
}
