import { type Campaign, campaignPacketIds } from "../campaign/campaign.ts";
import type { Campaigns } from "../campaign/campaign-ports.ts";
import { type LoadPacketsDeps, loadPackets } from "../campaign/campaign-status.ts";
import { type Delivery, type DeliveryState, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { MailEventType } from "../delivery/record-event.ts";
import type { Deliveries } from "../ports.ts";

export interface CampaignDeliveriesDeps extends LoadPacketsDeps {
  campaigns: Pick<Campaigns, "load">;
  deliveries: Pick<Deliveries, "loadMany">;
}

/** Rows of the ledger behind a number: those in a state, or of which SES has told something. */
export interface DeliveryFilter {
  state?: DeliveryState | undefined;
  event?: MailEventType | undefined;
}

export interface CampaignDeliveriesPage {
  deliveries: Delivery[];
  /** Packets that are behind this page, if there are more. */
  cursor?: string;
}

/** Packets that are read together. */
const packetsAtOnce = 10;

/** The mails of a campaign, a few packets at a time: each recipient's row as it stands, once there is one. Undefined if there is no such campaign. */
export async function campaignDeliveries(
  deps: CampaignDeliveriesDeps,
  {
    id,
    cursor = "0",
    limit,
    ...filter
  }: DeliveryFilter & { id: string; cursor?: string | undefined; limit: number },
): Promise<CampaignDeliveriesPage | undefined> {
  const campaign = await deps.campaigns.load(id);
  if (!campaign) return undefined;
  const found: Delivery[] = [];
  let from = Number(cursor);
  while (from < campaign.packets && found.length < limit) {
    found.push(...(await rowsOf(deps, campaign, from)).filter((row) => isWanted(row, filter)));
    from += packetsAtOnce;
  }
  return { deliveries: found, ...(from < campaign.packets && { cursor: String(from) }) };
}

/** Rows of all recipients of some packets, each once. */
export async function rowsOf(
  deps: Omit<CampaignDeliveriesDeps, "campaigns">,
  campaign: Pick<Campaign, "id" | "packets">,
  from: number,
): Promise<Delivery[]> {
  const ids = campaignPacketIds(campaign).slice(from, from + packetsAtOnce);
  const packets = await loadPackets(deps, ids);
  const recipients = [...new Set(packets.flatMap((packet) => packet.recipients))];
  const mailing = mailingId({ kind: "campaign", campaign: campaign.id });
  const rows = await deps.deliveries.loadMany(recipients.map((subscriberId) => ({ subscriberId, mailing })));
  return recipients.flatMap((subscriberId) => rows.get(deliveryKey({ subscriberId, mailing })) ?? []);
}

function isWanted({ state, events }: Delivery, filter: DeliveryFilter): boolean {
  return (
    (filter.state === undefined || state === filter.state) &&
    (filter.event === undefined || events?.[filter.event] !== undefined)
  );
}
