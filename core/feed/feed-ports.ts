import type { FeedSource } from "../catalogue.ts";
import type { Edition } from "../digest/edition.ts";
import type { Instant } from "../time/instant.ts";
import type { FeedEntry, FeedItem, NewsItem, StoredItem } from "./feed-item.ts";
import type { FeedRow } from "./feed-list.ts";
import type { FeedState } from "./feed-state.ts";
import type { ItemMark } from "./item-mark.ts";

/** States of feeds, and what they brought. */
export interface Feeds {
  /** Strongly consistent; feeds that were never polled are left out. */
  loadStates(feedIds: string[]): Promise<Map<string, FeedState>>;
  /** Strongly consistent. */
  loadState(feedId: string): Promise<FeedState | undefined>;
  /** Stores the state over the one it was made from; false if someone else polled meanwhile. */
  saveState(state: FeedState, before: FeedState | undefined): Promise<boolean>;
  /** Lets a feed be due from now on; false if someone has polled it since that state. */
  hastenPoll(state: FeedState, now: Instant): Promise<boolean>;
  /** Forgets how it stands with a feed that is not polled any more. */
  forgetState(feedId: string): Promise<void>;
  /** Strongly consistent, by key; those that are not there are left out. */
  loadItems(items: ItemId[]): Promise<Map<string, StoredItem>>;
  /** Stores an item the first time that it is seen; false if it is there. */
  addItem(item: FeedItem): Promise<boolean>;
  /** Stores what an item says now; its edition and when it was first seen stay. False if it is no longer that revision. */
  changeItem(item: StoredItem): Promise<boolean>;
  /** Takes an item back out of an edition to come; false if it is not there. */
  removeItem(item: ItemId, edition: Edition): Promise<boolean>;
  /** Items of an edition with their keys, those seen last first. */
  itemsIn(edition: Edition, limit: number): Promise<ListedItem[]>;
}

/** Where an item is. */
export type ItemId = Pick<FeedItem, "feedId" | "key">;
/** An item of an edition, as an admin sees it. */
export type ListedItem = ItemId & NewsItem;

/** What items are known by. */
export interface ItemMarks {
  /** Strongly consistent; marks that nobody has seen are left out. */
  loadMarks(marks: string[]): Promise<Map<string, ItemMark>>;
  /** Stores a mark over the revision before its own; false if someone else did so first. */
  saveMark(mark: ItemMark): Promise<boolean>;
}

/** Feeds that admins have added, and what they have changed of those in the catalogue. */
export interface FeedList {
  /** Strongly consistent. */
  all(): Promise<FeedRow[]>;
  find(id: string): Promise<FeedRow | undefined>;
  /** Stores a row over the revision before its own; false if someone else did so first. */
  save(row: FeedRow): Promise<boolean>;
  /** Removes a row as it was read; false if someone has changed it. */
  remove(row: FeedRow): Promise<boolean>;
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
