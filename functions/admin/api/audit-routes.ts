import * as z from "zod";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { isDay } from "../../../core/time/calendar-day.ts";
import { answerFields } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { PageQuery, pageBody } from "./read-page.ts";
import { readQuery } from "./read-query.ts";

/** A day of the audit log; without one, today in UTC. */
export const AuditQuery = PageQuery.extend({
  day: z.string().refine(isDay, "Write a day as 2027-03-10.").optional(),
});

/** What admins did. */
export function addAuditRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get("/v1/audit", needs("keys:read"), async (c) => {
    const read = readQuery(c, AuditQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const { day = deps.clock.now().slice(0, 10), cursor, limit } = read.body;
    const page = await deps.audit.page(day, cursor, limit);
    return c.json(pageBody(page.entries, page.cursor));
  });
}
