import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { Draft } from "../../functions/http/read-campaign.ts";
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
  "/v1/campaigns/{id}": { get: { summary: "Where a campaign stands", ...one } },
  "/v1/campaigns/{id}/pause": { post: { summary: "Pause a campaign", ...one } },
  "/v1/campaigns/{id}/resume": { post: { summary: "Resume a campaign", ...one } },
};
