import * as z from "zod";

/** How it stands with a feed after the last poll. */
export const FeedState = z.object({
  feedId: z.string(),
  /** The address that the validators below belong to. */
  url: z.string(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  lastPolledAt: z.string(),
  nextPollAt: z.string(),
  /** Failures in a row. */
  failures: z.number(),
  health: z.enum(["ok", "failing"]),
  /** Code of the last failure; absent while the feed is well. */
  lastError: z.string().optional(),
});
export type FeedState = z.infer<typeof FeedState>;
