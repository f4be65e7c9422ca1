import type { Instant } from "../time/instant.ts";
import type { Campaign, FreezeStep } from "./campaign.ts";

export interface Campaigns {
  /** Puts it into the due index, until its audience is frozen; false if the id is taken. */
  create(campaign: Campaign): Promise<boolean>;
  load(id: string): Promise<Campaign | undefined>;
  /** Ids of those whose audience is being frozen. */
  due(now: Instant, limit: number): Promise<string[]>;
  /** Moves the freeze on from the page that was read; with `frozenAt` it is over. False if it has moved already. */
  moveOn(from: Campaign, to: FreezeStep): Promise<boolean>;
  /** False if there is no such campaign, or it is paused already. */
  pause(id: string, at: Instant): Promise<boolean>;
  /** False if it is not paused. */
  resume(id: string): Promise<boolean>;
}

/** Who is on which list. It follows a change of a subscriber within about a second. */
export interface Roster {
  /**
   * Ids of at most `limit` members of a list, in an order that never changes; `cursor` is the id after which
   * the next page begins, absent after the last. Who joins meanwhile may or may not be in.
   */
  page(list: string, cursor: string | undefined, limit: number): Promise<RosterPage>;
}

export interface RosterPage {
  ids: string[];
  cursor?: string;
}
