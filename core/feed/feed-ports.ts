import type { FeedSource } from "../catalogue.ts";
import type { FeedEntry, FeedItem } from "./feed-item.ts";
import type { FeedState } from "./feed-state.ts";

/** States of feeds, and what they brought. */
export interface Feeds {
  /** Strongly consistent; feeds that were never polled are left out. */
  loadStates(feedIds: string[]): Promise<Map<string, FeedState>>;
  /** Strongly consistent. */
  loadState(feedId: string): Promise<FeedState | undefined>;
  /** Stores the state over the one it was made from; false if someone else polled meanwhile. */
  saveState(state: FeedState, before: FeedState | undefined): Promise<boolean>;
  /** Stores an item the first time that it is seen; false if it is known. */
  addItem(item: FeedItem): Promise<boolean>;
}

/** What an answer said beside its document. */
export interface FeedAdvice {
  /** For how long the answer stays good, by `Cache-Control`, in minutes. */
  freshMinutes?: number;
  /** How long to leave the host alone, by `Retry-After`, in minutes. */
  retryAfterMinutes?: number;
  /** The address that permanent redirects alone have led to; the admin decides whether it replaces the old one. */
  movedTo?: string;
}

/** What came of reading a feed; it tells of failures and does not throw. */
export type FeedReading =
  | (FeedAdvice & {
      status: "read";
      entries: FeedEntry[];
      etag?: string;
      lastModified?: string;
      /** The document's own `ttl`, in minutes. */
      ttlMinutes?: number;
    })
  | (FeedAdvice & { status: "unchanged" })
  /** `refused`: the host does not want us (401, 403, 451), and is not to be pressed or tricked. */
  | (FeedAdvice & { status: "failed"; code: string; refused?: boolean });

/** Fetches and parses feeds, from wherever they may be: the only port that reaches hosts of others. */
export interface FeedReader {
  read(source: FeedSource, validators: { etag?: string; lastModified?: string }): Promise<FeedReading>;
}

/** Asks for feeds to be polled, one message each. */
export interface FeedPolls {
  ask(feedIds: string[]): Promise<void>;
}
