import type { ListedFeed } from "../../../core/feed/feed-list.ts";
import { type Problem, problem } from "../../edge/problem.ts";

/** What an admin is told of a feed that is not as they think. */
export const feedRefusals = {
  missing: problem(
    404,
    "feed.missing",
    "There is no such feed",
    "There is no feed with this id. stepletter feeds list tells which there are.",
  ),
  taken: problem(
    409,
    "feed.taken",
    "The id is taken",
    "Another feed has this id: change it with stepletter feeds edit, or choose another id.",
  ),
  "no-move": problem(
    409,
    "feed.no-move",
    "No other address is proposed",
    "No other https address is proposed for this feed. If you know its new one, give it with --address.",
  ),
  "built-in": problem(
    409,
    "feed.built-in",
    "This feed is built in",
    "This feed stands in content/feeds.yaml, as it is there: take it off that list, or switch it off with stepletter feeds off.",
  ),
  off: problem(
    409,
    "feed.off",
    "This feed is off",
    "This feed is off: switch it on first, with stepletter feeds on.",
  ),
} satisfies Record<string, Problem>;

/** Another feed has the address already. */
export function sameAddress({ id, title }: ListedFeed): Problem {
  return problem(
    409,
    "feed.same-address",
    "The address is taken",
    `This is the address of the feed ${id} (${title}) already. Change that one, or give another address.`,
  );
}

/** The feed was polled only just. */
export function tooSoon(polledAt: string): Problem {
  return problem(
    429,
    "feed.too-soon",
    "It was polled only just",
    `It was polled at ${polledAt.slice(11, 16)} UTC. Wait five minutes, so that its host is not pressed.`,
  );
}
