import * as z from "zod";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { mailEventTypes } from "../../../core/delivery/record-event.ts";
import { type ResolveByHandOutcome, resolveByHand } from "../../../core/delivery/resolve-by-hand.ts";
import { answerDetails, answerFields, problem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { readJson } from "./read-json.ts";
import { PageQuery, pageBody } from "./read-page.ts";
import { readQuery } from "./read-query.ts";

/** What became of a delivery, by somebody who has looked into it. */
export const Resolution = z.strictObject({
  subscriber: z.string("Write the id of a subscriber."),
  mailing: z.string("Write the id of a mailing."),
  as: z.enum(["sent", "failed", "again"], "Choose one of: sent, failed, again."),
});
/** A page of what SES has told of one person's mails; of one type, where that is named. */
export const EventQuery = PageQuery.extend({
  subscriber: z.string("Write the id of a subscriber."),
  type: z.enum(mailEventTypes, `Choose one of: ${mailEventTypes.join(", ")}.`).optional(),
});

type Refused = Exclude<ResolveByHandOutcome["status"], "settled" | "goes-again">;
const refusals: Record<Refused, ReturnType<typeof problem>> = {
  missing: problem(
    404,
    "delivery.missing",
    "There is no such delivery",
    "This mail was never to go to this person. Check both ids.",
  ),
  "not-unknown": problem(
    409,
    "delivery.known",
    "What became of it is known",
    "Only a mail of which nobody knows whether it went can be decided on.",
  ),
  "too-early": problem(
    409,
    "delivery.too-early",
    "SES may still tell",
    "Wait until 15 minutes are over since its outcome became unknown.",
  ),
  evidence: problem(
    409,
    "delivery.evidence",
    "An event tells that it went",
    "SES has told of this mail, so it was accepted: there is nothing to decide.",
  ),
  "tried-twice": problem(
    409,
    "delivery.tried-twice",
    "It was tried twice",
    "Two attempts may have gone out. A third might be a third mail.",
  ),
  "changed-meanwhile": problem(409, "delivery.changed", "It was settled meanwhile", "Look at it again."),
};

/** The ledger, for admins: of one person by their key, and what stayed unknown or failed. */
export function addDeliveryRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get("/v1/subscribers/:id/deliveries", needs("deliveries:read"), async (c) => {
    const read = readQuery(c, PageQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const { cursor, limit } = read.body;
    const page = await deps.deliveryPages.pageOf(c.req.param("id"), cursor, limit);
    return c.json(pageBody(page.deliveries, page.cursor));
  });

  app.post("/v1/deliveries/resolve", needs("deliveries:write"), async (c) => {
    const read = await readJson(c, Resolution);
    if (read.status === "invalid") return answerFields(c, "delivery.invalid", read.problems);
    const { subscriber: subscriberId, mailing, as } = read.body;
    const outcome = await resolveByHand(deps, { subscriberId, mailing, as });
    if (outcome.status === "settled" || outcome.status === "goes-again")
      return c.json({ subscriber: subscriberId, mailing, status: outcome.status });
    return answerDetails(c, refusals[outcome.status]);
  });

  app.get("/v1/events", needs("events:read"), async (c) => {
    const read = readQuery(c, EventQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const { subscriber, type, cursor, limit } = read.body;
    const page = await deps.deliveryPages.pageOf(subscriber, cursor, limit);
    const events = page.deliveries.flatMap(({ mailing, events: told = {} }) =>
      Object.entries(told)
        .filter(([each]) => type === undefined || each === type)
        .map(([each, at]) => ({ subscriber, mailing, type: each, at })),
    );
    return c.json(pageBody(events, page.cursor));
  });
}
