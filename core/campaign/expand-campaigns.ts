import type { OpenPacketsDeps } from "../delivery/open-packets.ts";
import { policies } from "../delivery/policy.ts";
import { forEvery } from "../every.ts";
import { fastPath } from "../fast-path.ts";
import { type AudienceSourceDeps, audiencePage } from "./audience-source.ts";
import { campaignPacketIds, type FreezeStep, isStarted, type StartedCampaign } from "./campaign.ts";
import type { Campaigns } from "./campaign-ports.ts";
import { freezePage } from "./freeze-audience.ts";
import { watchCampaign } from "./watch-campaign.ts";

export interface ExpandCampaignsDeps
  extends OpenPacketsDeps,
    Omit<AudienceSourceDeps, "packets" | "campaigns"> {
  campaigns: Campaigns;
}

/** Campaigns that one run takes on; they share its pages. */
const atOnce = 10;
/** Packets that are rung for as soon as all are written; dispatch rings for the others, so many a minute. */
const rungAtOnce = 1000;

/**
 * Freezes the audience of campaigns whose time has come into packets, at most `pages` pages in a run, and looks at those
 * that go. Packets are written first, then the cursor moves, from the one that was read: a
 * crash between the two repeats the page.
 */
export async function expandCampaigns(deps: ExpandCampaignsDeps, pages: number): Promise<void> {
  const due = await deps.campaigns.due(deps.clock.now(), atOnce);
  const share = Math.ceil(pages / Math.max(due.length, 1));
  await forEvery(due, async (id) => {
    const campaign = await deps.campaigns.load(id);
    if (!campaign || !isStarted(campaign)) return;
    if (campaign.frozenAt) await watchCampaign(deps, campaign);
    else await freeze(deps, campaign, share);
  });
}

async function freeze(deps: ExpandCampaignsDeps, from: StartedCampaign, pages: number): Promise<void> {
  let campaign = from;
  for (let page = 0; page < pages; page++) {
    // Of one that is cancelled what was written is counted, and nobody comes to it.
    const audience = campaign.cancelledAt ? { people: [] } : await audiencePage(deps, campaign);
    const step = await freezePage(deps, campaign, audience);
    // Another run is at it, or it was cancelled: what stands there stands.
    if (!(await deps.campaigns.moveOn(campaign, step))) return;
    campaign = moved(campaign, step);
    if (campaign.frozenAt) return ring(deps, campaign);
  }
}

function moved(
  { cursor: _, ...campaign }: StartedCampaign,
  { lookAt: _l, ...step }: FreezeStep,
): StartedCampaign {
  return { ...campaign, ...step };
}

/** Those that may go by now: of one at local times most wait. */
async function ring(deps: ExpandCampaignsDeps, campaign: StartedCampaign): Promise<void> {
  if ("local" in campaign.when) return;
  const { lane } = policies.campaign;
  const packets = campaignPacketIds(campaign).slice(0, rungAtOnce);
  await fastPath(() => deps.doorbells.ring(packets.map((id) => ({ id, lane }))));
}
