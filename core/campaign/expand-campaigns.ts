import { newPacket, type OpenPacketsDeps } from "../delivery/open-packets.ts";
import { type Packet, packetSize } from "../delivery/packet.ts";
import { policies } from "../delivery/policy.ts";
import { AppError } from "../errors.ts";
import { forEvery } from "../every.ts";
import { fastPath } from "../fast-path.ts";
import type { Instant } from "../time/instant.ts";
import { type Campaign, campaignPacketId, campaignPacketIds, type FreezeStep } from "./campaign.ts";
import type { Campaigns, Roster, RosterPage } from "./campaign-ports.ts";

export interface ExpandCampaignsDeps extends OpenPacketsDeps {
  campaigns: Campaigns;
  roster: Roster;
}

/** Campaigns that one run takes on; they share its pages. */
const atOnce = 10;
/** Packets that are rung for as soon as all are written; dispatch rings for the others, so many a minute. */
const rungAtOnce = 1000;

/**
 * Freezes the audience of new campaigns into packets, at most `pages` pages in a run. A packet is written
 * first, then the cursor moves, from the one that was read: a crash between the two repeats the page.
 */
export async function expandCampaigns(deps: ExpandCampaignsDeps, pages: number): Promise<void> {
  const due = await deps.campaigns.due(deps.clock.now(), atOnce);
  const share = Math.ceil(pages / Math.max(due.length, 1));
  await forEvery(due, (id) => freeze(deps, id, share));
}

async function freeze(deps: ExpandCampaignsDeps, id: string, pages: number): Promise<void> {
  let campaign = await deps.campaigns.load(id);
  for (let page = 0; page < pages; page++) {
    if (!campaign || campaign.frozenAt) return;
    const members = await deps.roster.page(campaign.list, campaign.cursor, packetSize);
    const step = await writePage(deps, campaign, members);
    // Another run is at it: its cursor stands.
    if (!(await deps.campaigns.moveOn(campaign, step))) return;
    campaign = moved(campaign, step);
    if (campaign.frozenAt) await ring(deps, campaign);
  }
}

/** Writes one page as a packet, and answers where the freeze stands then. */
async function writePage(
  deps: ExpandCampaignsDeps,
  campaign: Campaign,
  { ids, cursor }: RosterPage,
): Promise<FreezeStep> {
  const now = deps.clock.now();
  const { packets, recipients } = campaign;
  if (ids.length === 0 && cursor !== undefined) return { packets, recipients, cursor };
  const end = { packets, recipients, frozenAt: now };

  const packetId = campaignPacketId(campaign.id, packets + 1);
  if (await deps.packets.create(packetOf(campaign, packetId, ids, now))) {
    if (ids.length === 0) return end;
    const onwards = cursor === undefined ? { frozenAt: now } : { cursor };
    return { packets: packets + 1, recipients: recipients + ids.length, ...onwards };
  }
  // The page was written before the crash, with those who were members then: go on behind the last of them,
  // not behind the page as it is now, which may reach further since somebody left.
  const written = await deps.packets.load(packetId);
  if (!written)
    throw new AppError("unavailable", "packet.missing", `Packet ${packetId} is there and cannot be read`);
  const last = written.recipients.at(-1);
  if (last === undefined) return end;
  return { packets: packets + 1, recipients: recipients + written.recipients.length, cursor: last };
}

/** The packet of a page; one with nobody in it closes the row of packets, so that no other run can add to it. */
function packetOf({ id, createdAt }: Campaign, packetId: string, ids: string[], now: Instant): Packet {
  const mailing = { kind: "campaign", campaign: id } as const;
  const packet = newPacket(packetId, mailing, ids, { plannedAt: createdAt }, now);
  if (ids.length > 0) return packet;
  const { dueAt: _, ...done } = packet;
  return { ...done, state: "done" };
}

function moved({ cursor: _, ...campaign }: Campaign, step: FreezeStep): Campaign {
  return { ...campaign, ...step };
}

async function ring(deps: ExpandCampaignsDeps, campaign: Campaign): Promise<void> {
  const { lane } = policies.campaign;
  const packets = campaignPacketIds(campaign).slice(0, rungAtOnce);
  await fastPath(() => deps.doorbells.ring(packets.map((id) => ({ id, lane }))));
}
