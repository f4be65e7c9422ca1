import { policies } from "../delivery/policy.ts";
import { fastPath } from "../fast-path.ts";
import type { Doorbells } from "../ports.ts";
import { type Campaign, campaignPacketIds } from "./campaign.ts";
import {
  type CampaignReport,
  type CampaignStatusDeps,
  campaignStatus,
  loadPackets,
} from "./campaign-status.ts";

export type SteerOutcome =
  | { status: "found"; report: CampaignReport }
  | { status: "missing" }
  /** A draft, or one that is over. */
  | { status: "not-under-way"; report: CampaignReport };

export interface SteerCampaignDeps extends CampaignStatusDeps {
  doorbells: Doorbells;
}

/** Packets that are rung for when a campaign goes on; dispatch rings for the others. */
const rungAtOnce = 1000;

/** Stops a campaign between its packets: the one being sent is sent to its end. Twice is harmless. */
export function pauseCampaign(deps: SteerCampaignDeps, input: { id: string }): Promise<SteerOutcome> {
  return steer(deps, input.id, async () => {
    await deps.campaigns.pause(input.id, deps.clock.now());
  });
}

/** Lets a paused campaign go on, at once. Twice is harmless. */
export function resumeCampaign(deps: SteerCampaignDeps, input: { id: string }): Promise<SteerOutcome> {
  return steer(deps, input.id, async (campaign) => {
    if (await deps.campaigns.resume(input.id)) await fastPath(() => ringOpen(deps, campaign));
  });
}

/** Ends a campaign for good: who has not got it by then does not get it. Twice is harmless. */
export function cancelCampaign(deps: SteerCampaignDeps, input: { id: string }): Promise<SteerOutcome> {
  return steer(deps, input.id, async () => {
    await deps.campaigns.cancel(input.id, deps.clock.now());
  });
}

async function steer(
  deps: SteerCampaignDeps,
  id: string,
  change: (campaign: Campaign) => Promise<void>,
): Promise<SteerOutcome> {
  const before = await campaignStatus(deps, { id });
  const campaign = before.status === "found" && (await deps.campaigns.load(id));
  if (before.status === "missing" || !campaign) return { status: "missing" };
  const { state } = before.report;
  if (state === "draft" || state === "done") return { status: "not-under-way", report: before.report };
  if (state !== "cancelled") await change(campaign);
  return campaignStatus(deps, { id });
}

async function ringOpen(deps: SteerCampaignDeps, campaign: Campaign): Promise<void> {
  if (!campaign.frozenAt) return;
  const now = deps.clock.now();
  const packets = await loadPackets(deps, campaignPacketIds(campaign));
  const open = packets.filter(({ state, notBefore = now }) => state === "open" && notBefore <= now);
  const { lane } = policies.campaign;
  await deps.doorbells.ring(open.slice(0, rungAtOnce).map(({ id }) => ({ id, lane })));
}
