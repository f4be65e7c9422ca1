import type { FeedSource } from "../catalogue.ts";
import { type Instant, toInstant, toMilliseconds } from "../time/instant.ts";
import type { FeedState } from "./feed-state.ts";

/** How often feeds are looked through for due ones, as the schedule of `poll-feeds` has it. */
const tickMs = 15 * 60_000;
const dayMinutes = 24 * 60;

/** Whether a feed is to be polled: it never was, or its time has come. */
export function isDue(state: FeedState | undefined, now: Instant): boolean {
  return !state || state.nextPollAt <= now;
}

/**
 * When to poll again: after the feed's interval, doubled for each failure in a row, but at most a day later
 * unless the interval itself is longer. Counted from tick to tick, or every poll would slip past the next one.
 */
export function nextPoll(source: FeedSource, failures: number, now: Instant): Instant {
  const backedOff = Math.min(source.everyMinutes * 2 ** failures, dayMinutes);
  const minutes = Math.max(backedOff, source.everyMinutes);
  const ticks = Math.floor(toMilliseconds(now) / tickMs) + Math.ceil((minutes * 60_000) / tickMs);
  return toInstant(ticks * tickMs);
}
