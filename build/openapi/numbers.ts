import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { CampaignMailsQuery, CountQuery } from "../../functions/admin/api/number-routes.ts";
import { CampaignReport } from "./campaigns.ts";
import { inPath, json, pageOf, problems, route } from "./parts.ts";
import { ListedDelivery } from "./people.ts";

const counts = z.record(z.string(), z.int());
const next = z
  .string()
  .optional()
  .meta({ description: "Where to go on counting; absent when all were looked at" });
const CampaignNumbers = CampaignReport.extend({
  feedback: counts.meta({ description: "Recipients by what SES told of their mails" }),
  counted: z
    .object({ events: counts, left: z.int(), packets: z.int(), next })
    .meta({ description: "Counted in the ledger, as far as this call has come" }),
}).meta({ id: "CampaignNumbers" });
const AudienceNumbers = z
  .object({
    people: z.int(),
    byStatus: counts,
    lists: z.record(
      z.string(),
      z.object({
        members: z.int(),
        days: z.array(z.object({ day: z.string(), joined: z.int(), left: z.int() })),
      }),
    ),
    next,
  })
  .meta({ id: "AudienceNumbers" });
const CourseFunnel = z
  .object({
    course: z.string(),
    enrolled: z.int(),
    finished: z.int(),
    steps: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        reached: z.int(),
        here: z.int(),
        stopped: z.int(),
        done: z.int(),
      }),
    ),
    next,
  })
  .meta({ id: "CourseFunnel" });
const badQuery = { "422": "Something that is asked for cannot be read" };

/** Numbers, and the rows behind them. */
export const numberPaths: ZodOpenApiPathsObject = {
  "/v1/campaigns/{id}/numbers": {
    get: {
      ...route("Campaigns", "campaigns:read"),
      summary: "A campaign in numbers",
      requestParams: { ...inPath("id"), query: CountQuery },
      responses: {
        "200": json("The numbers", CampaignNumbers),
        ...problems({ ...badQuery, "404": "There is no such campaign" }),
      },
    },
  },
  "/v1/campaigns/{id}/deliveries": {
    get: {
      ...route("Campaigns", "deliveries:read"),
      summary: "The mails of a campaign: all, those in a state, or those of which SES told something",
      requestParams: { ...inPath("id"), query: CampaignMailsQuery },
      responses: {
        "200": json("A page", pageOf(ListedDelivery)),
        ...problems({ ...badQuery, "404": "There is no such campaign" }),
      },
    },
  },
  "/v1/numbers/subscribers": {
    get: {
      ...route("Subscribers", "subscribers:read"),
      summary: "How many there are, by status and list, and who came and went in the last 30 days",
      requestParams: { query: CountQuery },
      responses: { "200": json("The numbers", AudienceNumbers), ...problems(badQuery) },
    },
  },
  "/v1/courses/{name}/funnel": {
    get: {
      ...route("Courses", "courses:read"),
      summary: "Where the readers of a course are, and where they stop",
      requestParams: { ...inPath("name"), query: CountQuery },
      responses: {
        "200": json("The funnel", CourseFunnel),
        ...problems({ ...badQuery, "404": "There is no such course" }),
      },
    },
  },
};
