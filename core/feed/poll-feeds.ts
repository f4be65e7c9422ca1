import type { Catalogue } from "../catalogue.ts";
import type { Measures } from "../measures.ts";
import type { Clock } from "../time/clock.ts";
import { joinFeeds } from "./feed-list.ts";
import type { FeedList, FeedPolls, Feeds } from "./feed-ports.ts";
import { isDue } from "./schedule-poll.ts";
import { wantsAttention } from "./state-after.ts";

export interface PollFeedsDeps {
  feeds: Feeds;
  feedList: FeedList;
  feedPolls: FeedPolls;
  catalogue: Pick<Catalogue, "feeds">;
  measures: Measures;
  clock: Clock;
}

/** Asks for every feed that is due. One that is asked for twice is polled once, since its state tells. */
export async function pollFeeds(deps: PollFeedsDeps): Promise<{ asked: number }> {
  const listed = joinFeeds(deps.catalogue.feeds, await deps.feedList.all()).filter(({ off }) => !off);
  const states = await deps.feeds.loadStates(listed.map(({ id }) => id));
  const troubled = [...states.values()].filter(wantsAttention);
  deps.measures.note("FeedsFailing", troubled.length);
  const now = deps.clock.now();
  const due = listed.filter((source) => isDue(states.get(source.id), source, now)).map(({ id }) => id);
  await deps.feedPolls.ask(due);
  return { asked: due.length };
}
