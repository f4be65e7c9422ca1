import { campaignPacketIds } from "../campaign/campaign.ts";
import {
  type CampaignReport,
  type CampaignStatusDeps,
  loadPackets,
  reportOf,
} from "../campaign/campaign-status.ts";
import type { Packet } from "../delivery/packet.ts";
import { type MailEventType, mailEventTypes } from "../delivery/record-event.ts";
import type { Subscribers } from "../ports.ts";
import { type CampaignDeliveriesDeps, rowsOf } from "./campaign-deliveries.ts";

export interface CampaignNumbersDeps extends CampaignStatusDeps, Pick<CampaignDeliveriesDeps, "deliveries"> {
  subscribers: Pick<Subscribers, "loadMany">;
}

/** A campaign in numbers. Those of packets are exact, and sums; those of the ledger are counted when they are asked for. */
export interface CampaignNumbers extends CampaignReport {
  /** Recipients by what SES has told of their mails, summed over the packets. */
  feedback: Record<string, number>;
  /** Counted in the ledger and the profiles, as far as this call has come. */
  counted: {
    events: Partial<Record<MailEventType, number>>;
    /** Who has left the list since their mail was sent, by whatever link. */
    left: number;
    /** Packets that were looked at. */
    packets: number;
    /** Where to go on; absent when all were looked at. */
    next?: string;
  };
}

/** Then it answers what it has: whoever asks goes on from there, and adds up. */
const patienceMs = 8_000;
const packetsAtOnce = 10;

/** Counts a campaign. */
export async function campaignNumbers(
  deps: CampaignNumbersDeps,
  { id, cursor = "0" }: { id: string; cursor?: string | undefined },
): Promise<CampaignNumbers | undefined> {
  const campaign = await deps.campaigns.load(id);
  if (!campaign) return undefined;
  const packets = await loadPackets(deps, campaignPacketIds(campaign));
  const until = deps.clock.elapsed() + patienceMs;
  const events: Partial<Record<MailEventType, number>> = {};
  let left = 0;
  let from = Number(cursor);
  while (from < campaign.packets && deps.clock.elapsed() < until) {
    const rows = (await rowsOf(deps, campaign, from)).filter(({ state }) => state === "sent");
    for (const type of mailEventTypes) {
      const count = rows.filter((row) => row.events?.[type] !== undefined).length;
      if (count > 0) events[type] = (events[type] ?? 0) + count;
    }
    const readers = await deps.subscribers.loadMany(rows.map(({ subscriberId }) => subscriberId));
    left += rows.filter(({ subscriberId, settledAt = "" }) => {
      const reader = readers.get(subscriberId);
      const membership = reader && reader !== "unreadable" ? reader.lists[campaign.segment.list] : undefined;
      return membership?.state === "left" && membership.since >= settledAt;
    }).length;
    from += packetsAtOnce;
  }
  const done = Math.min(from, campaign.packets);
  return {
    ...reportOf(campaign, packets, deps.clock.now()),
    feedback: feedbackIn(packets),
    counted: { events, left, packets: done, ...(from < campaign.packets && { next: String(from) }) },
  };
}

function feedbackIn(packets: Packet[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [type, count] of packets.flatMap(({ tally }) => Object.entries(tally ?? {})))
    sums[type] = (sums[type] ?? 0) + count;
  return sums;
}
