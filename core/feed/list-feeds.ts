import type { Catalogue } from "../catalogue.ts";
import type { Instant } from "../time/instant.ts";
import { joinFeed, joinFeeds, type ListedFeed } from "./feed-list.ts";
import type { FeedList, Feeds } from "./feed-ports.ts";
import type { FeedState } from "./feed-state.ts";

export interface ListFeedsDeps {
  feeds: Feeds;
  feedList: FeedList;
  catalogue: Pick<Catalogue, "feeds">;
}

/** A feed and how it stands with it. */
export interface FeedReport extends Omit<ListedFeed, "off"> {
  /** `waiting`: not polled yet, at this address. */
  health: FeedState["health"] | "waiting" | "off";
  failures: number;
  lastError?: string;
  lastPolledAt?: Instant;
  nextPollAt?: Instant;
  /** Where permanent redirects lead. */
  movedTo?: string;
}

/** All feeds, with how it stands with each. */
export async function listFeeds(deps: ListFeedsDeps): Promise<FeedReport[]> {
  const feeds = joinFeeds(deps.catalogue.feeds, await deps.feedList.all());
  const states = await deps.feeds.loadStates(feeds.map(({ id }) => id));
  return feeds.map((feed) => feedReport(feed, states.get(feed.id)));
}

/** One feed; undefined if there is none of that id. */
export async function findFeed(deps: ListFeedsDeps, id: string): Promise<FeedReport | undefined> {
  const feed = joinFeed(deps.catalogue.feeds, id, await deps.feedList.find(id));
  return feed && feedReport(feed, await deps.feeds.loadState(id));
}

function feedReport({ off, ...feed }: ListedFeed, known: FeedState | undefined): FeedReport {
  // What was learned of an earlier address says nothing of this one.
  const state = off || known?.url !== feed.url ? undefined : known;
  if (!state) return { ...feed, health: off ? "off" : "waiting", failures: 0 };
  const { health, failures, lastError, lastPolledAt, nextPollAt, movedTo } = state;
  return {
    ...feed,
    health,
    failures,
    ...(lastError !== undefined && { lastError }),
    lastPolledAt,
    nextPollAt,
    ...(movedTo !== undefined && { movedTo }),
  };
}
