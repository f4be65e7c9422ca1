import { AppError } from "../errors.ts";
import { type FeedChange, feedAddress } from "./feed-draft.ts";
import { joinFeed, joinFeeds, type ListedFeed, sameAddress } from "./feed-list.ts";
import type { ListFeedsDeps } from "./list-feeds.ts";

export type EditFeedOutcome =
  | { status: "changed" }
  | { status: "missing" }
  /** Its host proposes no other address that may be taken over. */
  | { status: "no-move" }
  | { status: "same-address"; other: ListedFeed };

/** How often it is tried when somebody else changes the same feed. */
const patience = 3;

/**
 * Changes a feed, one of the catalogue as well; its new address is asked within a quarter of an hour.
 * @throws AppError `feed.contended` when others are always first.
 */
export async function editFeed(
  deps: ListFeedsDeps,
  { id, change }: { id: string; change: FeedChange },
): Promise<EditFeedOutcome> {
  const { acceptMove, off, ...changed } = change;
  for (let tries = 0; tries < patience; tries++) {
    const row = await deps.feedList.find(id);
    const feed = joinFeed(deps.catalogue.feeds, id, row);
    if (!feed) return { status: "missing" };
    const url = acceptMove ? await proposedAddress(deps, feed) : changed.url;
    if (acceptMove && url === undefined) return { status: "no-move" };
    const { origin: _, off: wasOff, ...rest } = { ...feed, ...changed, ...(url !== undefined && { url }) };
    if (rest.url !== feed.url) {
      const feeds = joinFeeds(deps.catalogue.feeds, await deps.feedList.all());
      const other = sameAddress(feeds, rest);
      if (other) return { status: "same-address", other };
    }
    const isOff = off ?? wasOff ?? false;
    const saved = { ...rest, ...(isOff && { off: true as const }), rev: (row?.rev ?? 0) + 1 };
    if (!(await deps.feedList.save(saved))) continue;
    if (isOff) await deps.feeds.forgetState(id);
    return { status: "changed" };
  }
  throw new AppError("unavailable", "feed.contended", "Somebody else changes this feed at this moment");
}

/** Whoever serves the old address can write anything there: what is taken over is what could be entered too. */
async function proposedAddress({ feeds }: ListFeedsDeps, feed: ListedFeed): Promise<string | undefined> {
  const state = await feeds.loadState(feed.id);
  const movedTo = state?.url === feed.url ? state.movedTo : undefined;
  return feedAddress.safeParse(movedTo).data;
}
