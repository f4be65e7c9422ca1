import type { Clock } from "../time/clock.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import { joinFeed } from "./feed-list.ts";
import type { FeedPolls } from "./feed-ports.ts";
import type { ListFeedsDeps } from "./list-feeds.ts";
import { isDue } from "./schedule-poll.ts";

export interface AskPollDeps extends ListFeedsDeps {
  feedPolls: FeedPolls;
  clock: Clock;
}

export type AskPollOutcome =
  | { status: "asked" | "missing" | "off" }
  /** It was polled only just. */
  | { status: "too-soon"; polledAt: Instant };

/** Nobody is to be pressed, by an admin who tries again and again either. */
const leastMinutes = 5;

/** Has a feed polled at once, whenever it would be polled next; the message only rings, its state says that it is due. */
export async function askPoll(deps: AskPollDeps, { id }: { id: string }): Promise<AskPollOutcome> {
  const feed = joinFeed(deps.catalogue.feeds, id, await deps.feedList.find(id));
  if (!feed) return { status: "missing" };
  if (feed.off) return { status: "off" };
  const now = deps.clock.now();
  const state = await deps.feeds.loadState(id);
  if (state && !isDue(state, feed, now)) {
    if (state.lastPolledAt > addMinutes(now, -leastMinutes))
      return { status: "too-soon", polledAt: state.lastPolledAt };
    // Whoever polled since has done what is asked for.
    await deps.feeds.hastenPoll(state, now);
  }
  await deps.feedPolls.ask([id]);
  return { status: "asked" };
}
