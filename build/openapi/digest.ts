import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { PreviewQuery } from "../../functions/admin/api/read-preview.ts";
import { json, problems, route } from "./parts.ts";

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
/** What admins call of the digest. */
export const digestPaths: ZodOpenApiPathsObject = {
  "/v1/digest/preview": {
    get: {
      ...route("Digest", "items:read"),
      summary: "The digest that is being collected, as it would go if it were cut now",
      requestParams: {
        query: z.object({
          topics: z.string().optional().meta({ description: "Parted by commas", example: "coding,privacy" }),
          every: PreviewQuery.shape.every,
        }),
      },
      responses: {
        "200": json("Subject, both parts, and what it shows", Preview),
        ...problems({ "422": "A topic or a rhythm that there is not" }),
      },
    },
  },
};
