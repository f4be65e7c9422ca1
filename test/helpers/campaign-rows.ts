import type { Campaign, StartedCampaign } from "../../core/campaign/campaign.ts";

/** The draft of a campaign to the list `records`; `changes` replaces what a test is about. */
export function draftCampaign(changes: Partial<Campaign> = {}): Campaign {
  return {
    id: "news",
    rev: 1,
    title: "News",
    markdown: "News",
    segment: { list: "records" },
    tracking: "off",
    digest: "digest",
    createdAt: "2027-03-01T12:00:00.000Z",
    packets: 0,
    recipients: 0,
    ...changes,
  };
}

/** A campaign that was started when it was made. */
export function startedCampaign(changes: Partial<Campaign> = {}): StartedCampaign {
  const draft = draftCampaign(changes);
  return { when: { at: draft.createdAt }, freezeAt: draft.createdAt, ...draft };
}
