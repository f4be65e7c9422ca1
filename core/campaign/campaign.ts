import * as z from "zod";
import { Segment } from "../audience/segment.ts";

/** Ids of campaigns: words of small letters and digits between single dashes, fit for a mailing's id. */
export const campaignIdShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const longestCampaignId = 60;

/** What SES is to record of what readers do with a mail. */
export const trackingModes = ["off", "opens", "clicks", "all"] as const;
export type Tracking = (typeof trackingModes)[number];

/** When a campaign goes: at one instant, or when each reader's own clock shows a time, `2027-03-10T09:00`. */
export const CampaignTime = z.union([z.object({ at: z.string() }), z.object({ local: z.string() })]);
export type CampaignTime = z.infer<typeof CampaignTime>;

/** Why a campaign was paused by itself. */
export const pauseCauses = ["bounces", "complaints"] as const;
export type PauseCause = (typeof pauseCauses)[number];

/** Mails of a campaign by what SES has told of them. */
export const Feedback = z.object({ sent: z.number(), bounced: z.number(), complained: z.number() });
export type Feedback = z.infer<typeof Feedback>;

/**
 * One mail to a segment of the readers. A draft until it is started; then three facts move on their own: how far it is
 * (`cursor`, `packets`, `frozenAt`, `doneAt`), whether it is paused, and whether it is cancelled.
 */
export const Campaign = z.object({
  id: z.string(),
  /** Grows with every change of the draft. */
  rev: z.number(),
  title: z.string(),
  /** What it says; or else `design` names a mail of content/campaigns/. */
  markdown: z.string().exactOptional(),
  design: z.string().exactOptional(),
  segment: Segment,
  tracking: z.enum(trackingModes),
  /** What becomes of mails that are late; absent: they go, however late. */
  late: z.object({ afterHours: z.number(), action: z.enum(["send", "skip", "next-window"]) }).exactOptional(),
  /** Hash of what the author wrote, by which the same campaign is known again. */
  digest: z.string(),
  createdAt: z.string(),
  /** It goes once more to those whose mail of this campaign stayed unknown. */
  resendOf: z.string().exactOptional(),
  /** Absent on a draft. */
  when: CampaignTime.exactOptional(),
  /** When its audience begins to be frozen; absent on a draft. */
  freezeAt: z.string().exactOptional(),
  /** Subscriber after whom the next page of the roster begins; absent before the first and after the last. */
  cursor: z.string().exactOptional(),
  /** Packets written so far, numbered from 1. */
  packets: z.number(),
  /** How many people stand in them. */
  recipients: z.number(),
  frozenAt: z.string().exactOptional(),
  /** When it was first seen that all its packets are done. */
  doneAt: z.string().exactOptional(),
  pausedAt: z.string().exactOptional(),
  pausedBecause: z.enum(pauseCauses).exactOptional(),
  /** What SES had told when it was last paused by itself: what comes later is judged on its own. */
  watchedFrom: Feedback.exactOptional(),
  cancelledAt: z.string().exactOptional(),
});
export type Campaign = z.infer<typeof Campaign>;

/** A campaign that is no draft any more. */
export type StartedCampaign = Campaign & Required<Pick<Campaign, "when" | "freezeAt">>;

/** Whether a campaign was started. */
export function isStarted(campaign: Campaign): campaign is StartedCampaign {
  return campaign.freezeAt !== undefined && campaign.when !== undefined;
}

/** How far an audience is frozen after one page; `lookAt` is when it is looked at first, once it is frozen. */
export interface FreezeStep extends Pick<Campaign, "packets" | "recipients"> {
  cursor?: string;
  frozenAt?: string;
  lookAt?: string;
}

/** The id under which a campaign goes for the nth time to those whose mail stayed unknown. */
export function resendId(campaignId: string, n: number): string {
  return `${campaignId}_resend-${n}`;
}

/**
 * Id of a campaign's nth packet. It follows from the two alone, so that a page frozen again after a crash is
 * the same packet; a campaign's id keeps its dashes, or `a-b` and `ab` would share theirs.
 */
export function campaignPacketId(campaignId: string, n: number): string {
  return `pkt_${campaignId}_${n}`;
}

/** Ids of all packets written so far. */
export function campaignPacketIds({ id, packets }: Pick<Campaign, "id" | "packets">): string[] {
  return Array.from({ length: packets }, (_, index) => campaignPacketId(id, index + 1));
}
