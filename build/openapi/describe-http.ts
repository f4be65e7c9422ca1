import { createDocument } from "zod-openapi";
import type { Catalogue } from "../../core/catalogue.ts";
import { campaignPaths } from "./campaigns.ts";
import { digestPaths } from "./digest.ts";
import { doors } from "./doors.ts";
import { feedPaths } from "./feeds.ts";
import { numberPaths } from "./numbers.ts";
import { peoplePaths } from "./people.ts";
import { readers } from "./readers.ts";
import { sitePaths } from "./site.ts";
import { importPaths } from "./subscribers-import.ts";
import { suppressionPaths } from "./suppressions.ts";

/** The HTTP side of the service as an OpenAPI 3.1 document, from the schemas by which the handlers read. */
export function describeHttp(catalogue: Pick<Catalogue, "site" | "courses" | "pages">): string {
  return JSON.stringify(
    createDocument({
      openapi: "3.1.0",
      info: {
        title: catalogue.site.name,
        version: "1",
        description: "Signups, the pages of readers, campaigns, and feeds. No GET changes anything.",
      },
      components: { securitySchemes: { adminKey: { type: "http", scheme: "bearer" } } },
      paths: {
        ...doors,
        ...campaignPaths,
        ...digestPaths,
        ...feedPaths,
        ...importPaths,
        ...peoplePaths,
        ...numberPaths,
        ...suppressionPaths,
        ...readers,
        ...sitePaths(catalogue),
      },
    }),
  );
}
