import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { ImportBody } from "../../functions/admin/api/import-routes.ts";
import { json, refusals } from "./parts.ts";

const Outcomes = z
  .object({
    outcomes: z
      .array(
        z.object({
          kind: z
            .enum(["new", "joined", "known", "pending", "left", "suppressed", "erased", "invalid"])
            .meta({ description: "`new`, `joined` and `known` are in; the others were not written to" }),
          reason: z.string().optional(),
        }),
      )
      .meta({ description: "One for each row, in order" }),
  })
  .meta({ id: "ImportOutcomes" });

/** What admins call to bring people along. */
export const importPaths: ZodOpenApiPathsObject = {
  "/v1/subscribers/import": {
    post: {
      tags: ["Subscribers"],
      security: [{ adminKey: [] }],
      summary: "Bring up to 100 people to lists who agreed elsewhere; the same again is harmless",
      requestBody: { content: { "application/json": { schema: ImportBody.meta({ id: "Import" }) } } },
      responses: {
        "200": json("What became of each row, or would", Outcomes),
        ...refusals({
          "400": "Not readable",
          "401": "No admin key, or one that is not known",
          "403": "A viewer may only look",
          "413": "256 KB or more",
          "415": "Not JSON",
          "422": "A field is wrong",
        }),
      },
    },
  },
};
