import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { Segment } from "../../core/audience/segment.ts";
import { Campaign, CampaignTime, pauseCauses, trackingModes } from "../../core/campaign/campaign.ts";
import { CampaignDraft } from "../../core/campaign/campaign-draft.ts";
import { campaignStates } from "../../core/campaign/campaign-status.ts";
import { AudienceQuery, ChangeQuery, StartQuery } from "../../functions/admin/api/read-campaign.ts";
import { json, refusals } from "./parts.ts";

const Report = z
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
const Listed = Report.pick({
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

const found = json("Where the campaign stands", Report);
const unknown = { "401": "No admin key, or one that is not known" };
const denied = { ...unknown, "403": "A viewer may only look" };
const missing = { "404": "There is no such campaign" };
const unread = {
  "400": "Not readable",
  "413": "256 KB or more",
  "415": "Not JSON",
  "422": "A field is wrong",
};
const campaigns = { tags: ["Campaigns"], security: [{ adminKey: [] }] };
const one = { ...campaigns, requestParams: { path: z.object({ id: z.string() }) } };
const sent = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });
const steers = (summary: string) => ({
  post: {
    ...one,
    summary,
    responses: { "200": found, ...refusals({ ...denied, ...missing, "409": "It is not under way" }) },
  },
});

/** What admins call for campaigns. */
export const campaignPaths: ZodOpenApiPathsObject = {
  "/v1/audience": {
    post: {
      ...campaigns,
      summary: "Count a segment before anything is sent",
      requestBody: sent(AudienceQuery),
      responses: {
        "200": json("How many are in it, of those looked at", Count),
        ...refusals({ ...denied, ...unread }),
      },
    },
  },
  "/v1/campaigns": {
    get: {
      ...campaigns,
      summary: "All campaigns, the newest first",
      responses: { "200": json("The campaigns", z.object({ items: z.array(Listed) })), ...refusals(unknown) },
    },
    post: {
      ...campaigns,
      summary: "Write the draft of a campaign",
      requestBody: sent(CampaignDraft.meta({ id: "CampaignDraft" })),
      responses: {
        "200": found,
        "201": found,
        ...refusals({ ...denied, ...unread, "409": "The id is taken" }),
      },
    },
  },
  "/v1/campaigns/{id}": {
    get: {
      ...one,
      summary: "Where a campaign stands",
      responses: { "200": found, ...refusals({ ...unknown, ...missing }) },
    },
    patch: {
      ...one,
      summary: "Change a draft",
      requestBody: sent(ChangeQuery.meta({ id: "CampaignChange" })),
      responses: {
        "200": found,
        ...refusals({ ...denied, ...unread, ...missing, "409": "It was started, or changed meanwhile" }),
      },
    },
  },
  "/v1/campaigns/{id}/send": {
    post: {
      ...one,
      summary: "Start a campaign: at once, at an instant, or at each reader's local time",
      requestBody: sent(StartQuery),
      responses: {
        "200": found,
        ...refusals({ ...denied, ...unread, ...missing, "409": "It was started for another time" }),
      },
    },
  },
  "/v1/campaigns/{id}/unschedule": {
    post: {
      ...one,
      summary: "Make a draft again of one that is scheduled",
      responses: { "200": found, ...refusals({ ...denied, ...missing, "409": "It has begun" }) },
    },
  },
  "/v1/campaigns/{id}/pause": steers("Pause a campaign"),
  "/v1/campaigns/{id}/resume": steers("Resume a campaign"),
  "/v1/campaigns/{id}/cancel": steers("End a campaign for good"),
  "/v1/campaigns/{id}/resend": {
    post: {
      ...one,
      summary: "Send it once more to those whose mail stayed unknown",
      responses: {
        "201": found,
        ...refusals({ ...denied, ...missing, "409": "It is not over, or no mail is unknown" }),
      },
    },
  },
};
