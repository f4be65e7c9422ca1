import * as z from "zod";
import { Segment } from "../audience/segment.ts";
import { campaignIdShape, longestCampaignId, trackingModes } from "./campaign.ts";

const idHint = `Write small letters and digits with single dashes between them, at most ${longestCampaignId}, such as spring-news.`;
const titleHint = "Write a subject of one line, at most 150 characters.";
const textHint = "Write the mail's text, in Markdown.";

/** What the author of a campaign gives. */
export const CampaignDraft = z.strictObject({
  id: z.string(idHint).regex(campaignIdShape, idHint).max(longestCampaignId, idHint),
  title: z
    .string(titleHint)
    .max(150, titleHint)
    .refine((title) => title.trim() !== "" && !/\p{Cc}/u.test(title), titleHint),
  markdown: z.string(textHint).exactOptional().meta({
    description:
      "The mail's text, with fields such as {{name|friend}} and blocks such as {{#if tag:rhit}} … {{/if}}",
  }),
  design: z
    .string("Write the name of a design.")
    .exactOptional()
    .meta({ description: "In place of a text: a mail of content/campaigns/, by its file's name" }),
  segment: Segment,
  tracking: z
    .enum(trackingModes, `Choose one of: ${trackingModes.join(", ")}.`)
    .default("off")
    .meta({ description: "What SES records of what readers do" }),
  late: z
    .strictObject({
      afterHours: z.int().min(1, "At least 1 hour.").max(720, "At most 720 hours, a month."),
      action: z.enum(["send", "skip", "next-window"]),
    })
    .exactOptional()
    .meta({ description: "What becomes of mails that are late; without it they go, however late" }),
});
export type CampaignDraft = z.infer<typeof CampaignDraft>;

/** What may be changed of a draft. */
export const CampaignChange = CampaignDraft.omit({ id: true })
  .extend({
    tracking: CampaignDraft.shape.tracking.removeDefault(),
  })
  .partial();
export type CampaignChange = z.infer<typeof CampaignChange>;

/** Field names with what is wrong and what to do. */
export type CampaignProblems = Partial<Record<keyof CampaignDraft, string>>;
