import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { ImportBody } from "../../functions/admin/api/import-routes.ts";
import { json, posted, problems, route, sent, unread } from "./parts.ts";

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
      ...route("Subscribers", "subscribers:write"),
      ...posted(),
      summary: "Bring up to 100 people to lists who agreed elsewhere; the same again is harmless",
      requestBody: sent(ImportBody.meta({ id: "Import" })),
      responses: {
        "200": json("What became of each row, or would", Outcomes),
        ...problems(unread),
      },
    },
  },
};
