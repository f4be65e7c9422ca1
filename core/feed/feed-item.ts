import type { Topic } from "../catalogue.ts";
import type { Edition } from "../digest/edition.ts";
import type { Instant } from "../time/instant.ts";

/** One entry of a feed as it was read: plain text and an absolute web address, nothing else. */
export interface FeedEntry {
  /** What the feed calls it by, if it does. */
  guid?: string;
  title: string;
  url: string;
  summary: string;
  /** What the feed files it under, as plain text; absent or empty when it says nothing. */
  categories?: string[];
  /** Absent when the feed gives no date, or none that can be read. */
  publishedAt?: Instant;
}

/** An entry as it is kept, put into its edition when it was first seen. */
export interface FeedItem extends Omit<FeedEntry, "guid" | "categories"> {
  feedId: string;
  key: string;
  topic: Topic;
  /** Title of the feed. */
  source: string;
  /** How much it matters for continuing education, by the rules in `content/feed-rules.yaml`; absent is 0. */
  score?: number;
  /** Hours of continuing education that it gives, in quarters; known of items that an admin has entered. */
  ceHours?: number;
  firstSeenAt: Instant;
  edition: Edition;
}

/** An item with the revision of its row. */
export type StoredItem = FeedItem & { rev: number };

/** The owner of what admins enter by hand: no id of a feed, which has small letters alone. */
export const byHand = "MANUAL";

/** What a digest shows of an item. */
export type NewsItem = Pick<
  FeedItem,
  "title" | "url" | "summary" | "topic" | "source" | "score" | "ceHours" | "publishedAt" | "firstSeenAt"
>;
