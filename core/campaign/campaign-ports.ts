import type { Instant } from "../time/instant.ts";
import type { Campaign, Feedback, FreezeStep, PauseCause, StartedCampaign } from "./campaign.ts";

export interface Campaigns {
  /** Puts a draft, or one that is started, which is due until it is over; false if the id is taken. */
  create(campaign: Campaign): Promise<boolean>;
  /** Stores a draft as revision `rev + 1`, started or not; false if the stored revision is no longer `rev`, or it was started. */
  replace(draft: Campaign): Promise<boolean>;
  /** Makes a draft again of one whose freeze cannot have begun; false if it is not due at `freezeAt` any more. */
  unschedule(campaign: StartedCampaign): Promise<boolean>;
  load(id: string): Promise<Campaign | undefined>;
  /** In any order; unknown ids are left out. */
  loadMany(ids: string[]): Promise<Campaign[]>;
  /** Ids of all, as of about a second ago, in any order. */
  ids(): Promise<string[]>;
  /** Ids of those whose audience is to be frozen, or that are to be looked at while they go. */
  due(now: Instant, limit: number): Promise<string[]>;
  /** Moves the freeze on from the page that was read; with `frozenAt` it is over, of a cancelled one, too. False if it has moved already, or was cancelled. */
  moveOn(from: Campaign, to: FreezeStep): Promise<boolean>;
  /** False if there is no such campaign under way, or it is paused already. */
  pause(id: string, at: Instant, because?: { cause: PauseCause; feedback: Feedback }): Promise<boolean>;
  /** False if it is not paused. */
  resume(id: string): Promise<boolean>;
  /** Ends it for good, and has it looked at; false if it was not started, is over, or is cancelled already. */
  cancel(id: string, at: Instant): Promise<boolean>;
  /** Of one that is frozen: it is looked at again then. Nothing happens to one that is over. */
  lookAgain(id: string, at: Instant): Promise<void>;
  /** Of one that is frozen: all its packets are done, and it is due no more. */
  finish(id: string, at: Instant): Promise<void>;
}
