import type { FeedSource } from "../catalogue.ts";
import { addDays, type Instant } from "../time/instant.ts";
import type { FeedReading } from "./feed-ports.ts";
import type { FeedState } from "./feed-state.ts";
import { newsDays } from "./news-of.ts";
import { nextPoll } from "./schedule-poll.ts";

/** Failures in a row from which on the admin is told. */
const failuresToTell = 3;

/** How it stands with a feed after a poll; what was learned of another address does not count any more. */
export function stateAfter(
  source: FeedSource,
  earlier: FeedState | undefined,
  reading: FeedReading,
  now: Instant,
): FeedState {
  const before = earlier?.url === source.url ? earlier : undefined;
  const failed = reading.status === "failed";
  const failures = failed ? (before?.failures ?? 0) + 1 : 0;
  const readAt = failed ? before?.readAt : now;
  const { etag, lastModified } = reading.status === "read" ? reading : validatorsOf(source, before);
  const ttlMinutes = reading.status === "read" ? reading.ttlMinutes : before?.ttlMinutes;
  const movedTo = failed ? before?.movedTo : reading.movedTo;
  return {
    feedId: source.id,
    url: source.url,
    ...(etag && { etag }),
    ...(lastModified && { lastModified }),
    ...(ttlMinutes !== undefined && { ttlMinutes }),
    ...(movedTo !== undefined && { movedTo }),
    lastPolledAt: now,
    ...(readAt !== undefined && { readAt }),
    nextPollAt: nextPoll(source, { ...reading, failures, ...(ttlMinutes && { ttlMinutes }) }, now),
    failures,
    health: healthOf(reading),
    ...(failed && { lastError: reading.code }),
  };
}

/** Whether somebody has to look at a feed: it does not come back by itself, as it seems. */
export function wantsAttention({ health, failures }: FeedState): boolean {
  return health === "blocked" || (health === "failing" && failures >= failuresToTell);
}

/** Whether a feed was not read at this address for so long, or never, that what it lists may be no news. */
export function wasSilent(source: FeedSource, before: FeedState | undefined, now: Instant): boolean {
  const readAt = before?.url === source.url ? before.readAt : undefined;
  return readAt === undefined || readAt < addDays(now, -newsDays);
}

/** Validators are worth something only at the address that gave them. */
export function validatorsOf(source: FeedSource, before: FeedState | undefined) {
  if (before?.url !== source.url) return {};
  const { etag, lastModified } = before;
  return { ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

function healthOf(reading: FeedReading): FeedState["health"] {
  if (reading.status !== "failed") return "ok";
  return reading.refused ? "blocked" : "failing";
}
