import { type ReadAudienceDeps, readAudience } from "../audience/read-audience.ts";
import { deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Packet } from "../delivery/packet.ts";
import type { Deliveries } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { campaignPacketIds, type StartedCampaign } from "./campaign.ts";
import type { Campaigns } from "./campaign-ports.ts";
import { type LoadPacketsDeps, loadPackets } from "./campaign-status.ts";
import type { Recipient } from "./freeze-audience.ts";
import { goesAt } from "./local-time.ts";

export interface AudienceSourceDeps extends ReadAudienceDeps, LoadPacketsDeps {
  campaigns: Pick<Campaigns, "load">;
  deliveries: Pick<Deliveries, "loadMany">;
  clock: Clock;
}

/** People of one page of the roster: as many as a few packets hold. */
const peoplePerPage = 200;
const packetsPerPage = 4;

/** Who gets a campaign, page by page: a segment of the roster, or those whose mail of another stayed unknown. */
export async function audiencePage(
  deps: AudienceSourceDeps,
  campaign: StartedCampaign,
): Promise<{ people: Recipient[]; cursor?: string }> {
  const { cursor, segment, when } = campaign;
  if (campaign.resendOf !== undefined) return unknownOf(deps, campaign, campaign.resendOf);
  const page = await readAudience(deps, segment, { cursor, limit: peoplePerPage, now: deps.clock.now() });
  const instants = new Map<string, string>();
  const people = page.people.map(({ id, zone }) => {
    const at = instants.get(zone) ?? goesAt(when, zone);
    instants.set(zone, at);
    return { id, at };
  });
  return { people, ...(page.cursor !== undefined && { cursor: page.cursor }) };
}

/** Whose mail is unknown for good: no evidence is waited for any more. The cursor counts packets. */
async function unknownOf(
  deps: AudienceSourceDeps,
  { cursor = "0", when }: StartedCampaign,
  resendOf: string,
): Promise<{ people: Recipient[]; cursor?: string }> {
  const original = await deps.campaigns.load(resendOf);
  const from = Number(cursor);
  const ids = original ? campaignPacketIds(original) : [];
  const packets = await loadPackets(deps, ids.slice(from, from + packetsPerPage));
  const recipients = packets.flatMap((packet: Packet) => packet.recipients);
  const mailing = mailingId({ kind: "campaign", campaign: resendOf });
  const rows = await deps.deliveries.loadMany(recipients.map((subscriberId) => ({ subscriberId, mailing })));
  const people = [...new Set(recipients)].flatMap((id) => {
    const row = rows.get(deliveryKey({ subscriberId: id, mailing }));
    return row?.state === "unknown" ? [{ id, at: goesAt(when, "UTC") }] : [];
  });
  const next = from + packetsPerPage;
  return { people, ...(next < ids.length && { cursor: String(next) }) };
}
