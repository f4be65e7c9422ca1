import { newPacket } from "../delivery/open-packets.ts";
import { type Packet, packetSize } from "../delivery/packet.ts";
import { AppError } from "../errors.ts";
import type { Packets } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { campaignPacketId, type FreezeStep, type StartedCampaign } from "./campaign.ts";
import { lookAt } from "./watch-campaign.ts";

export interface FreezePageDeps {
  packets: Packets;
  clock: Clock;
}

/** Somebody who is to get a campaign, and when. */
export interface Recipient {
  id: string;
  at: Instant;
}

/**
 * Writes one page of an audience as packets, each with people of one instant, and answers where the freeze stands then.
 * Packets that stand already behind those that are counted were written before a crash, or by a run of the same moment:
 * what was written first stands, its people are placed. The last page is closed by a packet with nobody in it, so that no other run can add to it.
 */
export async function freezePage(
  { packets, clock }: FreezePageDeps,
  campaign: StartedCampaign,
  { people, cursor }: { people: Recipient[]; cursor?: string },
): Promise<FreezeStep> {
  const now = clock.now();
  const step = { packets: campaign.packets, recipients: campaign.recipients };
  for (let left = people; ; ) {
    if (left.length === 0 && cursor !== undefined) return { ...step, cursor };
    const id = campaignPacketId(campaign.id, step.packets + 1);
    const packet = packetOf(id, campaign, left, now);
    const written = (await packets.create(packet)) ? packet : await packets.load(id);
    if (!written)
      throw new AppError("unavailable", "packet.missing", `Packet ${id} is there and cannot be read`);
    if (written.recipients.length === 0)
      return { ...step, frozenAt: now, lookAt: lookAt({ ...campaign, ...step }, now) };
    step.packets++;
    step.recipients += written.recipients.length;
    const placed = new Set(written.recipients);
    left = left.filter((recipient) => !placed.has(recipient.id));
  }
}

/** The packet of the first of them, and of those who get it at the same instant. */
function packetOf(id: string, campaign: StartedCampaign, left: Recipient[], now: Instant): Packet {
  const mailing = { kind: "campaign", campaign: campaign.id } as const;
  const at = left[0]?.at ?? now;
  const together = left.filter((recipient) => recipient.at === at).slice(0, packetSize);
  const times = { plannedAt: at, ...(at > now && { dueAt: at }) };
  const packet = newPacket(
    id,
    mailing,
    together.map((recipient) => recipient.id),
    times,
    now,
  );
  if (together.length > 0) return packet;
  const { dueAt: _, ...done } = packet;
  return { ...done, state: "done" };
}
