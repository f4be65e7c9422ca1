import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { Draft } from "../../functions/http/read-campaign.ts";
import { PreviewQuery } from "../../functions/http/read-preview.ts";
import { json, refusals } from "./parts.ts";

const Report = z
  .object({
    id: z.string(),
    title: z.string(),
    list: z.string(),
    state: z.enum(["freezing", "sending", "paused", "done"]),
    createdAt: z.string(),
    frozenAt: z.string().optional(),
    pausedAt: z.string().optional(),
    packets: z.int(),
    recipients: z.int(),
    waiting: z.int(),
    counts: z.record(z.string(), z.int()),
  })
  .meta({ id: "CampaignReport" });
const Preview = z
  .object({
    editions: z.array(z.string()),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    items: z.array(z.record(z.string(), z.unknown())),
    beyond: z.int(),
  })
  .meta({ id: "DigestPreview" });
const found = json("Where the campaign stands", Report);
const denied = { "401": "No admin key, or one that is not known", "403": "A viewer may only look" };
const one = {
  tags: ["Campaigns"],
  security: [{ adminKey: [] }],
  requestParams: { path: z.object({ id: z.string() }) },
  responses: { "200": found, ...refusals({ ...denied, "404": "There is no such campaign" }) },
};

/** What admins call. */
export const admin: ZodOpenApiPathsObject = {
  "/v1/campaigns": {
    post: {
      tags: ["Campaigns"],
      summary: "Create a campaign, and send it",
      security: [{ adminKey: [] }],
      requestBody: { content: { "application/json": { schema: Draft.meta({ id: "CampaignDraft" }) } } },
      responses: {
        "200": found,
        "201": found,
        ...refusals({
          ...denied,
          "400": "Not readable",
          "409": "The id is taken",
          "413": "256 KB or more",
          "415": "Not JSON",
          "422": "A field is wrong",
        }),
      },
    },
  },
  "/v1/digest/preview": {
    get: {
      tags: ["Digest"],
      summary: "The digest that is being collected, as it would go if it were cut now",
      security: [{ adminKey: [] }],
      requestParams: {
        query: z.object({
          topics: z.string().optional().meta({ description: "Parted by commas", example: "coding,privacy" }),
          every: PreviewQuery.shape.every,
        }),
      },
      responses: {
        "200": json("Subject, both parts, and what it shows", Preview),
        ...refusals({ "401": denied["401"], "422": "A topic or a rhythm that there is not" }),
      },
    },
  },
  "/v1/campaigns/{id}": { get: { summary: "Where a campaign stands", ...one } },
  "/v1/campaigns/{id}/pause": { post: { summary: "Pause a campaign", ...one } },
  "/v1/campaigns/{id}/resume": { post: { summary: "Resume a campaign", ...one } },
};
