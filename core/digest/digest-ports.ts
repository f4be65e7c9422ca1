import type { NewsItem } from "../feed/feed-item.ts";
import type { Instant } from "../time/instant.ts";
import type { DigestPlan, DigestStop, DigestSubscription, DueDigest } from "./digest-subscription.ts";
import type { Edition } from "./edition.ts";

/** Who gets the digest, and which edition next. */
export interface Digests {
  /** Starts a run, anew where it was stopped; false if this run is being read, or a later one has begun. */
  start(subscription: DigestSubscription): Promise<boolean>;
  /** Each as it stands now: one that was planned anew holds other editions than the index may still say. */
  due(now: Instant, limit: number): Promise<DueDigest[]>;
  /** Moves on from the edition and instant that were read, or stops; false if it has moved already. */
  advance(from: DueDigest, to: DigestPlan | DigestStop): Promise<boolean>;
}

/** What the feeds brought, by edition. */
export interface News {
  /** Items of an edition, those seen last first. */
  inEdition(edition: Edition, limit: number): Promise<NewsItem[]>;
}
