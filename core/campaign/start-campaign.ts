import type { Clock } from "../time/clock.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import { type Campaign, type CampaignTime, isStarted } from "./campaign.ts";
import type { Campaigns } from "./campaign-ports.ts";
import { earliestOf } from "./local-time.ts";

export interface StartCampaignDeps {
  campaigns: Campaigns;
  clock: Clock;
}

export type StartCampaignOutcome =
  | { status: "started"; campaign: Campaign }
  /** It was started before, for the same time or for any. */
  | { status: "known"; campaign: Campaign }
  | { status: "missing" }
  /** It was started for another time. */
  | { status: "conflict" };

/** The audience of a campaign at local times is frozen so long before the earliest of them. */
const freezeMinutes = 60;

/** Starts a draft: at once, at an instant, or at each reader's local time. Twice is harmless. */
export async function startCampaign(
  deps: StartCampaignDeps,
  { id, when }: { id: string; when?: CampaignTime | undefined },
): Promise<StartCampaignOutcome> {
  const campaign = await deps.campaigns.load(id);
  if (!campaign) return { status: "missing" };
  const again = (stored: Campaign): StartCampaignOutcome =>
    when === undefined || isSame(when, stored.when)
      ? { status: "known", campaign: stored }
      : { status: "conflict" };
  if (isStarted(campaign)) return again(campaign);
  const now = deps.clock.now();
  const started = { ...campaign, when: when ?? { at: now }, freezeAt: freezeAt(when, now) };
  if (await deps.campaigns.replace(started))
    return { status: "started", campaign: { ...started, rev: campaign.rev + 1 } };
  const stored = await deps.campaigns.load(id);
  return stored && isStarted(stored) ? again(stored) : { status: "conflict" };
}

export type UnscheduleOutcome =
  | { status: "draft"; campaign: Campaign }
  | { status: "missing" }
  /** Its audience may be being frozen by now, or it has gone. */
  | { status: "begun" };

/** Longer than clocks differ: after that the freeze may have begun. */
const sureMinutes = 1;

/** Makes a draft again of a campaign that is scheduled. */
export async function unscheduleCampaign(
  deps: StartCampaignDeps,
  { id }: { id: string },
): Promise<UnscheduleOutcome> {
  const campaign = await deps.campaigns.load(id);
  if (!campaign) return { status: "missing" };
  if (!isStarted(campaign)) return { status: "draft", campaign };
  const isAhead = campaign.freezeAt > addMinutes(deps.clock.now(), sureMinutes);
  if (!isAhead || campaign.cancelledAt || !(await deps.campaigns.unschedule(campaign)))
    return { status: "begun" };
  const draft = await deps.campaigns.load(id);
  return draft ? { status: "draft", campaign: draft } : { status: "missing" };
}

function freezeAt(when: CampaignTime | undefined, now: Instant): Instant {
  if (when === undefined) return now;
  const at = "at" in when ? when.at : addMinutes(earliestOf(when.local), -freezeMinutes);
  return at > now ? at : now;
}

function isSame(a: CampaignTime, b: CampaignTime | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
