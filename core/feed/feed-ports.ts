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

/** What came of reading a feed; it tells of failures and does not throw. */
export type FeedReading =
  | { status: "read"; entries: FeedEntry[]; etag?: string; lastModified?: string }
  | { status: "unchanged" }
  | { status: "failed"; code: string };

/** Fetches and parses feeds, from wherever they may be: the only port that reaches hosts of others. */
export interface FeedReader {
  read(source: FeedSource, validators: { etag?: string; lastModified?: string }): Promise<FeedReading>;
}

/** Asks for feeds to be polled, one message each. */
export interface FeedPolls {
  ask(feedIds: string[]): Promise<void>;
}
