import * as z from "zod";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { importPeople } from "../../../core/import/import-people.ts";
import { answerFields } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { readJson } from "./read-json.ts";

const text = (longest: number) => z.string().max(longest);

/** What a program sends: what all rows join, and the rows. What is wrong with one row is told of that row alone. */
export const ImportBody = z.strictObject({
  lists: z
    .array(text(100))
    .max(20)
    .meta({ description: "What everybody joins: names of courses, `digest`", example: ["digest"] }),
  tags: z.array(text(100)).default([]).meta({ description: "What everybody is tagged with" }),
  consent: text(2000).meta({ description: "How these people agreed, in your words: kept as evidence" }),
  name: text(100).meta({ description: "Names the import in the evidence", example: "spring-event" }),
  dryRun: z
    .boolean()
    .default(false)
    .meta({ description: "Tell what would become of each, and write nothing" }),
  rows: z
    .array(
      z.strictObject({
        address: text(1000),
        name: text(1000).optional(),
        zone: text(100).optional(),
        tags: z.array(text(1000)).max(100).optional(),
        topics: z.array(text(100)).max(100).optional(),
        agreedAt: text(100).optional().meta({ description: "When they agreed: evidence of their own" }),
        network: text(100).optional().meta({ description: "From which address or network they did" }),
      }),
    )
    .min(1, "Send one row at least.")
    .max(100, "Send at most 100 rows at a time."),
});

/** People who agreed elsewhere, a hundred at a time; the same again is harmless. */
export function addImportRoutes(app: AdminApp, deps: AdminDeps): void {
  app.post("/v1/subscribers/import", needs("subscribers:write"), async (c) => {
    const read = await readJson(c, ImportBody);
    const invalid = (fields: Record<string, string>) => answerFields(c, "import.invalid", fields);
    if (read.status === "invalid") return invalid(read.problems);
    const { rows, dryRun, ...offer } = read.body;
    const outcome = await importPeople(deps, { offer, rows, dryRun });
    return outcome.status === "invalid" ? invalid(outcome.problems) : c.json({ outcomes: outcome.outcomes });
  });
}
