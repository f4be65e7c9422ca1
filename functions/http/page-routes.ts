import type { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { contentPage } from "../../web/content-page.ts";
import { signupPage } from "../../web/signup-page.ts";
import { stylesheet } from "../../web/style.ts";
import { zoneScript } from "../../web/zone-script.ts";

const assetCaching = "public, max-age=3600";
const pageCaching = "public, max-age=300";

/** Pages that are the same for everyone. */
export function addPageRoutes(app: Hono, { catalogue }: HttpDeps): void {
  const { site } = catalogue;
  const style = stylesheet(site.theme);

  app.get("/assets/style.css", (c) =>
    c.body(style, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": assetCaching }),
  );
  app.get("/assets/zone.js", (c) =>
    c.body(zoneScript, 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": assetCaching,
    }),
  );

  for (const course of Object.values(catalogue.courses)) {
    const page = signupPage({ site, course });
    const paths =
      course.name === site.defaults.course ? ["/", `/courses/${course.name}`] : [`/courses/${course.name}`];
    for (const path of paths) app.get(path, (c) => c.html(page, 200, { "Cache-Control": pageCaching }));
  }
  for (const [path, page] of Object.entries(catalogue.pages)) {
    const courseTitle = catalogue.courses[path.split("/")[1] ?? ""]?.title ?? site.name;
    app.get(`/${path}`, (c) =>
      c.html(contentPage({ site, courseTitle, page }), 200, { "Cache-Control": pageCaching }),
    );
  }
}
