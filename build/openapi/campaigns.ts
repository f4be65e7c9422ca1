import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { Segment } from "../../core/audience/segment.ts";
import { Campaign, CampaignTime, pauseCauses, trackingModes } from "../../core/campaign/campaign.ts";
import { CampaignDraft } from "../../core/campaign/campaign-draft.ts";
import { campaignStates } from "../../core/campaign/campaign-status.ts";
import {
  AsQuery,
  AudienceQuery,
  ChangeQuery,
  PreviewQuery,
  StartQuery,
  TestQuery,
} from "../../functions/admin/api/read-campaign.ts";
import { inPath, json, posted, problems, route, sent, unread } from "./parts.ts";

/** A campaign as the API tells of it. */
export const CampaignReport = z
  .object({
    id: z.string(),
    rev: z.int().meta({ description: "Of the draft; a change may name it" }),
    title: z.string(),
    segment: Segment,
    tracking: z.enum(trackingModes),
    late: Campaign.shape.late,
    state: z.enum(campaignStates),
    createdAt: z.string(),
    resendOf: z
      .string()
      .optional()
      .meta({ description: "It goes once more to those whose mail of this one is unknown" }),
    when: CampaignTime.optional(),
    freezeAt: z.string().optional().meta({ description: "When its audience is collected" }),
    frozenAt: z.string().optional(),
    doneAt: z.string().optional(),
    pausedAt: z.string().optional(),
    pausedBecause: z.enum(pauseCauses).optional().meta({ description: "Absent when somebody has paused it" }),
    cancelledAt: z.string().optional(),
    packets: z.int(),
    recipients: z.int(),
    waiting: z.int(),
    counts: z.record(z.string(), z.int()).meta({ description: "Recipients by what became of them" }),
  })
  .meta({ id: "CampaignReport" });
const Listed = CampaignReport.pick({
  id: true,
  title: true,
  segment: true,
  state: true,
  createdAt: true,
  resendOf: true,
  when: true,
  frozenAt: true,
  doneAt: true,
  recipients: true,
}).meta({ id: "ListedCampaign" });
const Count = z
  .object({
    recipients: z.int(),
    zones: z.record(z.string(), z.int()).meta({ description: "Recipients by time zone" }),
    next: z
      .string()
      .optional()
      .meta({ description: "Where to go on counting; absent when all were looked at" }),
  })
  .meta({ id: "AudienceCount" });

const found = json("Where the campaign stands", CampaignReport);
const shown = json(
  "Subject and both parts",
  z
    .object({
      subject: z.string(),
      html: z.string(),
      text: z.string(),
      bytes: z.int().meta({ description: "Of the HTML" }),
    })
    .meta({ id: "CampaignPreview" }),
);
const missing = { "404": "There is no such campaign" };
const reads = route("Campaigns", "campaigns:read");
const writes = route("Campaigns", "campaigns:write");
const onOne = { ...writes, ...posted(inPath("id")) };
const steers = (summary: string) => ({
  post: {
    ...onOne,
    summary,
    responses: { "200": found, ...problems({ ...unread, ...missing, "409": "It is not under way" }) },
  },
});

/** What admins call for campaigns. */
export const campaignPaths: ZodOpenApiPathsObject = {
  "/v1/audience": {
    post: {
      ...reads,
      ...posted(),
      summary: "Count a segment before anything is sent",
      requestBody: sent(AudienceQuery),
      responses: { "200": json("How many are in it, of those looked at", Count), ...problems(unread) },
    },
  },
  "/v1/campaigns": {
    get: {
      ...reads,
      summary: "All campaigns, the newest first",
      responses: { "200": json("The campaigns", z.object({ items: z.array(Listed) })), ...problems() },
    },
    post: {
      ...writes,
      ...posted(),
      summary: "Write the draft of a campaign",
      requestBody: sent(CampaignDraft.meta({ id: "CampaignDraft" })),
      responses: { "200": found, "201": found, ...problems({ ...unread, "409": "The id is taken" }) },
    },
  },
  "/v1/campaigns/{id}": {
    get: {
      ...reads,
      summary: "Where a campaign stands",
      requestParams: inPath("id"),
      responses: { "200": found, ...problems(missing) },
    },
    patch: {
      ...writes,
      summary: "Change a draft",
      requestParams: inPath("id"),
      requestBody: sent(ChangeQuery.meta({ id: "CampaignChange" })),
      responses: {
        "200": found,
        ...problems({ ...unread, ...missing, "409": "It was started, or changed meanwhile" }),
      },
    },
  },
  "/v1/campaigns/preview": {
    post: {
      ...reads,
      ...posted(),
      summary: "What somebody is writing, as one reader would get it",
      requestBody: sent(PreviewQuery),
      responses: { "200": shown, ...problems(unread) },
    },
  },
  "/v1/campaigns/{id}/preview": {
    get: {
      ...reads,
      summary: "A campaign's mail, as one reader would get it",
      requestParams: { ...inPath("id"), query: AsQuery },
      responses: { "200": shown, ...problems({ ...missing, "422": "There is no such reader to look as" }) },
    },
  },
  "/v1/campaigns/{id}/test": {
    post: {
      ...onOne,
      summary: "Send it to any address, as one reader would get it; it counts nowhere",
      requestBody: sent(TestQuery),
      responses: {
        "202": json("It goes at once", z.object({ status: z.literal("sent") })),
        ...problems({
          ...unread,
          ...missing,
          "409": "Nothing goes to this address",
          "429": "More than 20 tests an hour, or 600 requests a minute",
        }),
      },
    },
  },
  "/v1/campaigns/{id}/send": {
    post: {
      ...onOne,
      summary: "Start a campaign: at once, at an instant, or at each reader's local time",
      requestBody: sent(StartQuery),
      responses: {
        "200": found,
        ...problems({ ...unread, ...missing, "409": "It was started for another time" }),
      },
    },
  },
  "/v1/campaigns/{id}/unschedule": {
    post: {
      ...onOne,
      summary: "Make a draft again of one that is scheduled",
      responses: { "200": found, ...problems({ ...unread, ...missing, "409": "It has begun" }) },
    },
  },
  "/v1/campaigns/{id}/pause": steers("Pause a campaign"),
  "/v1/campaigns/{id}/resume": steers("Resume a campaign"),
  "/v1/campaigns/{id}/cancel": steers("End a campaign for good"),
  "/v1/campaigns/{id}/resend": {
    post: {
      ...onOne,
      summary: "Send it once more to those whose mail stayed unknown",
      responses: {
        "201": found,
        ...problems({ ...unread, ...missing, "409": "It is not over, or no mail is unknown" }),
      },
    },
  },
};
