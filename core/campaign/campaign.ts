import * as z from "zod";

/** Ids of campaigns: words of small letters and digits between single dashes, fit for a mailing's id. */
export const campaignIdShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const longestCampaignId = 60;

/**
 * One mail to everyone on a list. Two facts move on their own: how far its audience is frozen into packets
 * (`cursor`, `packets`, `frozenAt`), and whether it is paused.
 */
export const Campaign = z.object({
  id: z.string(),
  title: z.string(),
  bodyHtml: z.string(),
  bodyText: z.string(),
  /** The segment: a list whose members get it. */
  list: z.string(),
  /** Hash of what the author wrote, by which the same campaign is known again. */
  digest: z.string(),
  createdAt: z.string(),
  /** Subscriber after whom the next page of the roster begins; absent before the first and after the last. */
  cursor: z.string().optional(),
  /** Packets written so far, numbered from 1. */
  packets: z.number(),
  /** How many people stand in them. */
  recipients: z.number(),
  frozenAt: z.string().optional(),
  pausedAt: z.string().optional(),
});
export type Campaign = z.infer<typeof Campaign>;

/** How far an audience is frozen after one page. */
export type FreezeStep = Pick<Campaign, "cursor" | "packets" | "recipients" | "frozenAt">;

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
