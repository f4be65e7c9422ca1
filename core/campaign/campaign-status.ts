import type { Segment } from "../audience/segment.ts";
import type { LateRule } from "../catalogue.ts";
import type { Packet } from "../delivery/packet.ts";
import type { Packets } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import {
  type Campaign,
  type CampaignTime,
  campaignPacketIds,
  type Feedback,
  type PauseCause,
  type Tracking,
} from "./campaign.ts";
import type { Campaigns } from "./campaign-ports.ts";

export interface LoadPacketsDeps {
  packets: Pick<Packets, "loadMany">;
}

export interface CampaignStatusDeps extends LoadPacketsDeps {
  campaigns: Campaigns;
  clock: Clock;
}

/**
 * `draft` was not started, `scheduled` waits for its time, `freezing` collects its audience, `sending` has packets to
 * send, `done` has none; `cancelled` sends no more.
 */
export const campaignStates = [
  "draft",
  "scheduled",
  "freezing",
  "sending",
  "paused",
  "cancelled",
  "done",
] as const;
export type CampaignState = (typeof campaignStates)[number];

/** A campaign as its people see it. */
export interface CampaignReport {
  id: string;
  /** Of the draft; a change names it, so that nobody overwrites another's. */
  rev: number;
  title: string;
  segment: Segment;
  tracking: Tracking;
  late?: LateRule;
  state: CampaignState;
  createdAt: string;
  resendOf?: string;
  when?: CampaignTime;
  freezeAt?: string;
  frozenAt?: string;
  doneAt?: string;
  pausedAt?: string;
  pausedBecause?: PauseCause;
  cancelledAt?: string;
  packets: number;
  recipients: number;
  /** Recipients whose packet is not done, those who wait for their hour or their next day among them. */
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
  return { status: "found", report: reportOf(campaign, packets, deps.clock.now()) };
}

/** These packets and those that their recipients were moved to, as far as they are there. */
export async function loadPackets(deps: LoadPacketsDeps, ids: string[]): Promise<Packet[]> {
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
export function reportOf(campaign: Campaign, packets: Packet[], now: Instant): CampaignReport {
  const { id, rev, title, segment, tracking, late, createdAt, resendOf, when, recipients } = campaign;
  const { freezeAt, frozenAt, doneAt, pausedAt, pausedBecause, cancelledAt } = campaign;
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
    rev,
    title,
    segment,
    tracking,
    ...(late && { late }),
    state: stateOf(campaign, now, open.length === 0),
    createdAt,
    ...(resendOf !== undefined && { resendOf }),
    ...(when && { when }),
    ...(freezeAt && { freezeAt }),
    ...(frozenAt && { frozenAt }),
    ...(doneAt && { doneAt }),
    ...(pausedAt && { pausedAt }),
    ...(pausedBecause && { pausedBecause }),
    ...(cancelledAt && { cancelledAt }),
    packets: campaign.packets,
    recipients,
    waiting: recipients - told,
    counts,
  };
}

/** Where a campaign is; without a look at its packets it is done once that was noted. */
export function stateOf(
  { freezeAt, frozenAt, doneAt, pausedAt, cancelledAt }: Campaign,
  now: Instant,
  isThrough = false,
): CampaignState {
  if (freezeAt === undefined) return "draft";
  if (cancelledAt) return "cancelled";
  if (doneAt || (frozenAt && isThrough)) return "done";
  if (pausedAt) return "paused";
  if (frozenAt) return "sending";
  return freezeAt > now ? "scheduled" : "freezing";
}

/** What SES has told of a campaign's mails, summed over its packets. */
export function feedbackOf(packets: Packet[]): Feedback {
  const sum = (count: (packet: Packet) => number | undefined) =>
    packets.reduce((total, packet) => total + (count(packet) ?? 0), 0);
  return {
    sent: sum(({ counts }) => counts?.sent),
    bounced: sum(({ tally }) => tally?.bounced),
    complained: sum(({ tally }) => tally?.complained),
  };
}

function recipientsOf(packets: Packet[]): number {
  return packets.reduce((sum, packet) => sum + packet.recipients.length, 0);
}
