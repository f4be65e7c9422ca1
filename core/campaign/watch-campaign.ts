import type { Clock } from "../time/clock.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import { campaignPacketIds, type Feedback, type PauseCause, type StartedCampaign } from "./campaign.ts";
import type { Campaigns } from "./campaign-ports.ts";
import { feedbackOf, type LoadPacketsDeps, loadPackets } from "./campaign-status.ts";

export interface WatchCampaignDeps extends LoadPacketsDeps {
  campaigns: Pick<Campaigns, "lookAgain" | "finish" | "pause">;
  clock: Clock;
}

/** Before so many mails a rate says nothing. */
const fewest = 500;
/** SES itself reviews an account at these rates. */
const mostBounces = 0.05;
const mostComplaints = 0.001;

/** Looks at a campaign that goes: pauses it when too many of its mails bounce or are complained of, and notes when it is over. */
export async function watchCampaign(deps: WatchCampaignDeps, campaign: StartedCampaign): Promise<void> {
  const now = deps.clock.now();
  const packets = await loadPackets(deps, campaignPacketIds(campaign));
  if (packets.every(({ state }) => state === "done")) return deps.campaigns.finish(campaign.id, now);
  const feedback = feedbackOf(packets);
  const cause =
    campaign.pausedAt || campaign.cancelledAt ? undefined : judgeFeedback(feedback, campaign.watchedFrom);
  if (cause) await deps.campaigns.pause(campaign.id, now, { cause, feedback });
  await deps.campaigns.lookAgain(campaign.id, lookAt(campaign, now));
}

/** What is wrong with a campaign by what SES has told of its mails since it was last paused for that. */
export function judgeFeedback(feedback: Feedback, since?: Feedback): PauseCause | undefined {
  const sent = feedback.sent - (since?.sent ?? 0);
  if (sent < fewest) return undefined;
  if (feedback.bounced - (since?.bounced ?? 0) > sent * mostBounces) return "bounces";
  return feedback.complained - (since?.complained ?? 0) > sent * mostComplaints ? "complaints" : undefined;
}

/** Packets that are read again within a minute at most. */
const packetsPerMinute = 5000;

/** When a campaign that goes is looked at next: all its packets are read each time, so a large or slow one is looked at less often. */
export function lookAt({ packets, when, pausedAt }: StartedCampaign, now: Instant): Instant {
  const slow = "local" in when || pausedAt !== undefined;
  return addMinutes(now, Math.max(slow ? 5 : 1, Math.ceil(packets / packetsPerMinute)));
}
