import {
  type Campaign,
  campaignPacketIds,
  type FreezeStep,
  type StartedCampaign,
} from "../../../core/campaign/campaign.ts";
import type { ExpandCampaignsDeps } from "../../../core/campaign/expand-campaigns.ts";
import type { Packet } from "../../../core/delivery/packet.ts";
import { startedCampaign } from "../../helpers/campaign-rows.ts";

/** A campaign, a list and packets in memory, as their rows would be. */
export interface FreezeModel {
  members: Set<string>;
  /** Others who stand in the roster, for another list: they fill pages, and are in none. */
  rows: Set<string>;
  campaign: StartedCampaign;
  /** Where somebody lives. */
  zoneOf(id: string): string;
  packets: Map<string, Packet>;
  rung: string[];
  deps: ExpandCampaignsDeps;
  /** Recipients of the packets that the campaign counts, in order. */
  audience(): string[];
}

const since = "2027-02-01T12:00:00.000Z";

/** `around` wraps every call of a port: it may wait, or throw before or after the call has done its work. */
export function freezeModel(
  members: string[],
  around: <T>(call: () => T) => Promise<T> = async (call) => call(),
  pageSize = 3,
): FreezeModel {
  const model: FreezeModel = {
    members: new Set(members),
    rows: new Set(),
    campaign: startedCampaign(),
    zoneOf: () => "America/New_York",
    packets: new Map(),
    rung: [],
    audience: () =>
      campaignPacketIds(model.campaign).flatMap((id) => model.packets.get(id)?.recipients ?? []),
    deps: {
      clock: { now: () => "2027-03-01T12:01:00.000Z", elapsed: () => 0, sleep: async () => {} },
      campaigns: {
        due: () => around(() => (model.campaign.frozenAt ? [] : [model.campaign.id])),
        load: () => around(() => ({ ...model.campaign })),
        moveOn: (from: Campaign, to: FreezeStep) =>
          around(() => {
            const { campaign } = model;
            const stands =
              !campaign.frozenAt && campaign.cursor === from.cursor && campaign.packets === from.packets;
            if (stands) model.campaign = { ...campaign, ...to };
            return stands;
          }),
      },
      roster: {
        page: (cursor = "") =>
          around(() => {
            const rows = [...model.rows, ...model.members].sort().filter((id) => id > cursor);
            const read = [...new Set(rows)].slice(0, pageSize);
            const people = read.map((id) => ({
              id,
              lists: { records: { state: model.members.has(id) ? "joined" : "left", since } },
              zone: model.zoneOf(id),
              dates: [],
            }));
            return read.length < pageSize ? { people } : { people, cursor: read.at(-1) };
          }),
      },
      packets: {
        create: (packet: Packet) =>
          around(() => {
            if (model.packets.has(packet.id)) return false;
            model.packets.set(packet.id, packet);
            return true;
          }),
        load: (id: string) => around(() => model.packets.get(id)),
      },
      doorbells: {
        ring: (packets: { id: string }[]) =>
          around(() => void model.rung.push(...packets.map(({ id }) => id))),
      },
    } as unknown as ExpandCampaignsDeps,
  };
  return model;
}
