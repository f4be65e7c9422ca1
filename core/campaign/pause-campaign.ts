import type { Clock } from "../time/clock.ts";
import { type CampaignStatusDeps, type CampaignStatusOutcome, campaignStatus } from "./campaign-status.ts";

export interface PauseCampaignDeps extends CampaignStatusDeps {
  clock: Clock;
}

/** Stops a campaign between its packets: the one being sent is sent to its end. Twice is harmless. */
export async function pauseCampaign(
  deps: PauseCampaignDeps,
  input: { id: string },
): Promise<CampaignStatusOutcome> {
  await deps.campaigns.pause(input.id, deps.clock.now());
  return campaignStatus(deps, input);
}

/** Lets a paused campaign go on: its packets come back by themselves, within a quarter of the pause, from five minutes to an hour. Twice is harmless. */
export async function resumeCampaign(
  deps: PauseCampaignDeps,
  input: { id: string },
): Promise<CampaignStatusOutcome> {
  await deps.campaigns.resume(input.id);
  return campaignStatus(deps, input);
}
