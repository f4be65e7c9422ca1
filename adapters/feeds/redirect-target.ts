import { FeedError } from "./feed-error.ts";

/**
 * Where an answer sends us on to.
 * @throws FeedError `bad-redirect`, or `downgrade` from https to anything else.
 */
export function redirectTarget(from: URL, location: string): string {
  if (!location || !URL.canParse(location, from.href)) throw new FeedError("bad-redirect");
  const target = new URL(location, from);
  if (from.protocol === "https:" && target.protocol !== "https:") throw new FeedError("downgrade");
  return target.href;
}
