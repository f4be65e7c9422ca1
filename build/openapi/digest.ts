import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { PreviewQuery } from "../../functions/admin/api/read-preview.ts";
import { json, refusals } from "./parts.ts";

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
const unknown = "No admin key, or one that is not known";
/** What admins call of the digest. */
export const digestPaths: ZodOpenApiPathsObject = {
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
        ...refusals({ "401": unknown, "422": "A topic or a rhythm that there is not" }),
      },
    },
  },
};
