import type { Packet } from "../delivery/packet.ts";
import type { Packets } from "../ports.ts";
import { type Campaign, campaignPacketIds } from "./campaign.ts";
import type { Campaigns } from "./campaign-ports.ts";

export interface CampaignStatusDeps {
  campaigns: Campaigns;
  packets: Packets;
}

/** `freezing` collects its audience, `sending` has packets to send, `done` has none. */
export type CampaignState = "freezing" | "sending" | "paused" | "done";

/** A campaign as its people see it. */
export interface CampaignReport {
  id: string;
  title: string;
  list: string;
  state: CampaignState;
  createdAt: string;
  frozenAt?: string;
  pausedAt?: string;
  packets: number;
  recipients: number;
  /** Recipients whose packet is not done, those who wait for their next day among them. */
  waiting: number;
  /** Recipients by what became of them, summed over the packets that are done. */
  counts: Record<string, number>;
}

export type CampaignStatusOutcome = { status: "found"; report: CampaignReport } | { status: "missing" };

/** Where a campaign stands, from its packets: they are counted anew each time, so no total can drift. */
export async function campaignStatus(
  deps: CampaignStatusDeps,
  input: { id: string },
): Promise<CampaignStatusOutcome> {
  const campaign = await deps.campaigns.load(input.id);
  if (!campaign) return { status: "missing" };
  const packets = await loadPackets(deps, campaignPacketIds(campaign));
  return { status: "found", report: reportOf(campaign, packets) };
}

/** These packets and those that their recipients were moved to, as far as they are there. */
async function loadPackets(deps: Pick<CampaignStatusDeps, "packets">, ids: string[]): Promise<Packet[]> {
  if (ids.length === 0) return [];
  const packets = await deps.packets.loadMany(ids);
  const further = await loadPackets(
    deps,
    packets.flatMap(({ movedTo }) => movedTo ?? []),
  );
  return [...packets, ...further];
}

/** Not what became of a recipient: they count in another packet. */
const countedElsewhere = new Set(["moved", "duplicate"]);

/** The report of a campaign from those of its packets that are still kept, those that people were moved to among them. */
export function reportOf(campaign: Campaign, packets: Packet[]): CampaignReport {
  const { id, title, list, createdAt, frozenAt, pausedAt, recipients } = campaign;
  const open = packets.filter(({ state }) => state === "open");
  const own = new Set(campaignPacketIds(campaign));
  const forgotten = recipients - recipientsOf(packets.filter((packet) => own.has(packet.id)));
  const counts: Record<string, number> = forgotten > 0 ? { forgotten } : {};
  for (const [fate, count] of packets.flatMap((packet) => Object.entries(packet.counts ?? {}))) {
    if (!countedElsewhere.has(fate)) counts[fate] = (counts[fate] ?? 0) + count;
  }
  const told = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    id,
    title,
    list,
    state: stateOf(campaign, open.length),
    createdAt,
    ...(frozenAt && { frozenAt }),
    ...(pausedAt && { pausedAt }),
    packets: campaign.packets,
    recipients,
    waiting: recipients - told,
    counts,
  };
}

function stateOf({ frozenAt, pausedAt }: Campaign, open: number): CampaignState {
  if (frozenAt && open === 0) return "done";
  if (pausedAt) return "paused";
  return frozenAt ? "sending" : "freezing";
}

function recipientsOf(packets: Packet[]): number {
  return packets.reduce((sum, packet) => sum + packet.recipients.length, 0);
}
