import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { type Catalogue, topics } from "../../core/catalogue.ts";
import { json, page, refusals } from "./parts.ts";

const ArchivePath = z.object({
  week: z.string().meta({ example: "2027-W10" }),
  topic: z.enum(topics),
});

const assets: Record<string, string> = {
  "/assets/style.css": "text/css",
  "/assets/zone.js": "text/javascript",
  "/assets/signup.js": "text/javascript",
};

/** What is the same for everybody. */
export function sitePaths({ courses, pages }: Pick<Catalogue, "courses" | "pages">): ZodOpenApiPathsObject {
  const signups = ["/", ...Object.keys(courses).map((name) => `/courses/${name}`)];
  const shown: [string, ReturnType<typeof page>][] = [
    ...signups.map((path): [string, ReturnType<typeof page>] => [path, page("The signup page of a course")]),
    ...Object.entries(pages).map(([path, { title }]): [string, ReturnType<typeof page>] => [
      `/${path}`,
      page(title),
    ]),
    ...Object.entries(assets).map(([path, type]): [string, ReturnType<typeof page>] => [
      path,
      page(path, type),
    ]),
    ["/news", page("The weeks whose news is complete")],
    ["/news/{week}/{topic}", page("The news of a week on a topic")],
    ...["feed", ...topics].map((name): [string, ReturnType<typeof page>] => [
      `/news/${name}.atom`,
      page("The newest of it, as an Atom feed", "application/atom+xml"),
    ]),
    ["/openapi.json", json("This document", z.record(z.string(), z.unknown()))],
  ];
  return Object.fromEntries(
    shown.map(([path, answer]) => [
      path,
      {
        get: {
          tags: ["Site"],
          summary: answer.description ?? path,
          ...(path === "/news/{week}/{topic}" && { requestParams: { path: ArchivePath } }),
          responses: { "200": answer, ...refusals({ "404": "There is no such page" }) },
        },
      },
    ]),
  );
}
