import * as z from "zod";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { courseNamed } from "../../../core/catalogue.ts";
import { deliveryStates } from "../../../core/delivery/delivery.ts";
import { mailEventTypes } from "../../../core/delivery/record-event.ts";
import { audienceNumbers } from "../../../core/numbers/audience-numbers.ts";
import { campaignDeliveries } from "../../../core/numbers/campaign-deliveries.ts";
import { campaignNumbers } from "../../../core/numbers/campaign-numbers.ts";
import { courseFunnel } from "../../../core/numbers/course-funnel.ts";
import { answerDetails, answerFields } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { missingCourse } from "./course-routes.ts";
import { campaignRefusals } from "./read-campaign.ts";
import { PageQuery, pageBody, toCursor } from "./read-page.ts";
import { readQuery } from "./read-query.ts";

/** Where a count goes on. */
export const CountQuery = PageQuery.pick({ cursor: true });
/** Which of a campaign's mails are listed. */
export const CampaignMailsQuery = PageQuery.extend({
  state: z.enum(deliveryStates, `Choose one of: ${deliveryStates.join(", ")}.`).optional(),
  event: z.enum(mailEventTypes, `Choose one of: ${mailEventTypes.join(", ")}.`).optional(),
});

/** Numbers, each with the way to the rows that it counts. Long counts are answered in part, with where to go on. */
export function addNumberRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get("/v1/campaigns/:id/numbers", needs("campaigns:read"), async (c) => {
    const read = readQuery(c, CountQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const numbers = await campaignNumbers(deps, { id: c.req.param("id"), cursor: read.body.cursor });
    if (!numbers) return answerDetails(c, campaignRefusals.missing);
    return c.json({ ...numbers, counted: withCursor(numbers.counted) });
  });

  app.get("/v1/campaigns/:id/deliveries", needs("deliveries:read"), async (c) => {
    const read = readQuery(c, CampaignMailsQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const page = await campaignDeliveries(deps, { id: c.req.param("id"), ...read.body });
    return page ? c.json(pageBody(page.deliveries, page.cursor)) : answerDetails(c, campaignRefusals.missing);
  });

  app.get("/v1/numbers/subscribers", needs("subscribers:read"), async (c) => {
    const read = readQuery(c, CountQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    return c.json(withCursor(await audienceNumbers(deps, read.body)));
  });

  app.get("/v1/courses/:name/funnel", needs("courses:read"), async (c) => {
    const read = readQuery(c, CountQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const course = courseNamed(deps.catalogue, c.req.param("name"));
    if (!course) return answerDetails(c, missingCourse);
    return c.json(withCursor(await courseFunnel(deps, { course, cursor: read.body.cursor })));
  });
}

function withCursor<Numbers extends { next?: string }>({ next, ...numbers }: Numbers) {
  return { ...numbers, ...(next !== undefined && { next: toCursor(next) }) };
}
