import type { Campaign } from "./campaign.ts";
import { type CampaignReport, type CampaignStatusDeps, stateOf } from "./campaign-status.ts";

/** A campaign in a list. What became of its mails is told by its report: that is read from its packets, which can be many. */
export type ListedCampaign = Pick<
  CampaignReport,
  | "id"
  | "title"
  | "segment"
  | "state"
  | "createdAt"
  | "resendOf"
  | "when"
  | "frozenAt"
  | "doneAt"
  | "recipients"
>;

/** All campaigns, the newest first. One that has just gone counts as sending for up to a minute. */
export async function listCampaigns({
  campaigns,
  clock,
}: Pick<CampaignStatusDeps, "campaigns" | "clock">): Promise<ListedCampaign[]> {
  const found = await campaigns.loadMany(await campaigns.ids());
  const now = clock.now();
  return found
    .map((campaign) => listed(campaign, now))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

function listed(campaign: Campaign, now: string): ListedCampaign {
  const { id, title, segment, createdAt, resendOf, when, frozenAt, doneAt, recipients } = campaign;
  return {
    id,
    title,
    segment,
    state: stateOf(campaign, now),
    createdAt,
    ...(resendOf !== undefined && { resendOf }),
    ...(when && { when }),
    ...(frozenAt && { frozenAt }),
    ...(doneAt && { doneAt }),
    recipients,
  };
}
