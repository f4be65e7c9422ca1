import type { FeedAdvice } from "../../core/feed/feed-ports.ts";

/** Why a feed could not be read: `timeout`, `http-404`, `blocked-address`. It ends as the feed's last error. */
export class FeedError extends Error {
  override readonly name = "FeedError";
  readonly code: string;
  /** What the host said besides. */
  readonly advice: FeedAdvice;

  constructor(code: string, { advice = {}, ...options }: ErrorOptions & { advice?: FeedAdvice } = {}) {
    super(code, options);
    this.code = code;
    this.advice = advice;
  }
}
