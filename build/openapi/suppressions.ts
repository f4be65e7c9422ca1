import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { suppressionReasons } from "../../core/suppression/suppression.ts";
import { PageQuery } from "../../functions/admin/api/read-page.ts";
import { AddSuppressionBody, RemoveSuppressionBody } from "../../functions/admin/api/suppression-routes.ts";
import { json, pageOf, posted, problems, route, sent, unread } from "./parts.ts";

const Reason = z.enum(suppressionReasons).meta({ description: "`manual` is an admin's own word" });
const Id = z.string().meta({ description: "A keyed hash of the address" });
const Suppression = z
  .object({
    id: Id,
    reason: Reason,
    since: z.string(),
    subscriberId: z.string().optional(),
    address: z.string().optional().meta({ description: "As far as it is known: a hash alone is kept" }),
  })
  .meta({ id: "Suppression" });

const reads = route("Suppressions", "subscribers:read");
const writes = route("Suppressions", "subscribers:write");

/** What admins call about addresses that are not written to. */
export const suppressionPaths: ZodOpenApiPathsObject = {
  "/v1/suppressions": {
    get: {
      ...reads,
      summary: "Addresses that are not written to, page by page, in the order of their hashes",
      requestParams: { query: PageQuery },
      responses: {
        "200": json("A page", pageOf(Suppression)),
        ...problems({ "422": "Something that is asked for cannot be read" }),
      },
    },
    post: {
      ...writes,
      ...posted(),
      summary: "Write to an address no more, whatever list it is on; SES's own list takes it, too",
      requestBody: sent(AddSuppressionBody),
      responses: {
        "200": json("It was not written to before", Suppression),
        "201": json("It is not written to from now on", Suppression),
        ...problems(unread),
      },
    },
  },
  "/v1/suppressions/remove": {
    post: {
      ...writes,
      ...posted(),
      summary: "Write to an address again; a complaint is lifted for a reason alone",
      requestBody: sent(RemoveSuppressionBody),
      responses: {
        "200": json(
          "It may be written to again",
          z.object({
            id: Id,
            status: z.literal("removed"),
            was: Reason.optional().meta({ description: "Absent where SES alone had it on its list" }),
            subscriberId: z.string().optional(),
          }),
        ),
        ...problems({ ...unread, "404": "The address is on no list" }),
      },
    },
  },
};
