import * as z from "zod";

/** How it stands with a feed after the last poll. */
export const FeedState = z.object({
  feedId: z.string(),
  /** The address that the validators below belong to. */
  url: z.string(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** What the document itself asked for when it was read last. */
  ttlMinutes: z.number().exactOptional(),
  /** Where permanent redirects lead; an admin decides whether that is the feed's address from now on. */
  movedTo: z.string().exactOptional(),
  lastPolledAt: z.string(),
  /** When this address last answered as a feed does; absent if it never did. */
  readAt: z.string().exactOptional(),
  nextPollAt: z.string(),
  /** Failures in a row. */
  failures: z.number(),
  /** `blocked`: the host refuses us, and is asked once a day at most. */
  health: z.enum(["ok", "failing", "blocked"]),
  /** Code of the last failure; absent while the feed is well. */
  lastError: z.string().optional(),
});
export type FeedState = z.infer<typeof FeedState>;
