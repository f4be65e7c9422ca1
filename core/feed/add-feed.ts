import type { FeedDraft } from "./feed-draft.ts";
import { joinFeeds, type ListedFeed, sameAddress } from "./feed-list.ts";
import type { ListFeedsDeps } from "./list-feeds.ts";

export type AddFeedOutcome =
  /** `known`: the same was there already. */
  | { status: "added" | "known" }
  /** Another feed has this id. */
  | { status: "taken" }
  /** Another feed has this address. */
  | { status: "same-address"; other: ListedFeed };

/** Adds a feed; it is polled within a quarter of an hour. */
export async function addFeed(deps: ListFeedsDeps, draft: FeedDraft): Promise<AddFeedOutcome> {
  const feeds = joinFeeds(deps.catalogue.feeds, await deps.feedList.all());
  const known = feeds.find(({ id }) => id === draft.id);
  if (known) return { status: isSame(known, draft) ? "known" : "taken" };
  const other = sameAddress(feeds, draft);
  if (other) return { status: "same-address", other };
  if (await deps.feedList.save({ ...draft, rev: 1 })) return { status: "added" };
  const row = await deps.feedList.find(draft.id);
  return { status: row && isSame(row, draft) ? "known" : "taken" };
}

function isSame(feed: Partial<ListedFeed>, draft: FeedDraft): boolean {
  const names = Object.keys(draft) as (keyof FeedDraft)[];
  return !feed.off && names.every((name) => feed[name] === draft[name]);
}
