import type { Catalogue } from "../catalogue.ts";
import type { Measures } from "../measures.ts";
import type { Clock } from "../time/clock.ts";
import type { FeedPolls, Feeds } from "./feed-ports.ts";
import { isDue } from "./schedule-poll.ts";
import { wantsAttention } from "./state-after.ts";

export interface PollFeedsDeps {
  feeds: Feeds;
  feedPolls: FeedPolls;
  catalogue: Pick<Catalogue, "feeds">;
  measures: Measures;
  clock: Clock;
}

/** Asks for every feed that is due. One that is asked for twice is polled once, since its state tells. */
export async function pollFeeds(deps: PollFeedsDeps): Promise<{ asked: number }> {
  const ids = deps.catalogue.feeds.map(({ id }) => id);
  const states = await deps.feeds.loadStates(ids);
  const troubled = [...states.values()].filter(wantsAttention);
  deps.measures.note("FeedsFailing", troubled.length);
  const now = deps.clock.now();
  const due = ids.filter((id) => isDue(states.get(id), now));
  await deps.feedPolls.ask(due);
  return { asked: due.length };
}
