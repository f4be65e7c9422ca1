import type { FeedSource } from "../catalogue.ts";
import { type Instant, toInstant, toMilliseconds } from "../time/instant.ts";
import type { FeedState } from "./feed-state.ts";

/** How often feeds are looked through for due ones, as the schedule of `poll-feeds` has it. */
const tickMs = 15 * 60_000;
const dayMinutes = 24 * 60;

/** Whether a feed is to be polled: it never was, not at this address, or its time has come. */
export function isDue(state: FeedState | undefined, { url }: Pick<FeedSource, "url">, now: Instant): boolean {
  return !state || state.url !== url || state.nextPollAt <= now;
}

/** What says when to poll again, besides the feed's own interval. */
export interface PollAdvice {
  /** Failures in a row. */
  failures: number;
  refused?: boolean;
  ttlMinutes?: number;
  freshMinutes?: number;
  retryAfterMinutes?: number;
}

/**
 * When to poll again: after the feed's interval, doubled for each failure in a row, but at most a day later unless the
 * interval itself is longer; and not before the host and its document want it, which counts for a day at most, or a week
 * where the host asked to be left alone. Counted from tick to tick, or every poll would slip past the next one.
 */
export function nextPoll({ everyMinutes }: FeedSource, advice: PollAdvice, now: Instant): Instant {
  const backedOff = advice.refused ? dayMinutes : Math.min(everyMinutes * 2 ** advice.failures, dayMinutes);
  const asked = Math.max(advice.ttlMinutes ?? 0, advice.freshMinutes ?? 0);
  const minutes = Math.max(
    everyMinutes,
    backedOff,
    Math.min(asked, dayMinutes),
    Math.min(advice.retryAfterMinutes ?? 0, 7 * dayMinutes),
  );
  const ticks = Math.floor(toMilliseconds(now) / tickMs) + Math.ceil((minutes * 60_000) / tickMs);
  return toInstant(ticks * tickMs);
}
