import type { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { openForm } from "../../core/guard/form-time.ts";
import { trapField } from "../../core/guard/trap.ts";
import { ownSource } from "../../core/source/source.ts";
import { signupConsent } from "../../core/subscriber/consent-text.ts";
import { contentPage } from "../../web/content-page.ts";
import { signupPage } from "../../web/signup-page.ts";
import { signupScript } from "../../web/signup-script.ts";
import { stylesheet } from "../../web/style.ts";
import { zoneScript } from "../../web/zone-script.ts";
import { describe } from "../edge/describe-error.ts";
import { logger } from "../edge/logger.ts";

const assetCaching = "public, max-age=3600";
const pageCaching = "public, max-age=300";

/** Pages that are the same for everyone, save when their form was opened. */
export function addPageRoutes(app: Hono, deps: HttpDeps): void {
  const { catalogue } = deps;
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

  app.get("/assets/signup.js", (c) =>
    c.body(signupScript, 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": assetCaching,
    }),
  );

  app.get("/openapi.json", (c) =>
    c.body(deps.openapi, 200, { "Content-Type": "application/json", "Cache-Control": pageCaching }),
  );

  for (const course of Object.values(catalogue.courses)) {
    const consent = signupConsent(site, course);
    const paths =
      course.name === site.defaults.course ? ["/", `/courses/${course.name}`] : [`/courses/${course.name}`];
    for (const path of paths)
      app.get(path, async (c) => {
        const started = await startedNow(deps);
        const form = { action: "/signup", trap: trapField, started: started ?? "" };
        const caching = started === undefined ? "no-store" : pageCaching;
        return c.html(signupPage({ site, course, consent, form }), 200, { "Cache-Control": caching });
      });
  }
  for (const [path, page] of Object.entries(catalogue.pages)) {
    const courseTitle = catalogue.courses[path.split("/")[1] ?? ""]?.title ?? site.name;
    app.get(`/${path}`, (c) =>
      c.html(contentPage({ site, courseTitle, page }), 200, { "Cache-Control": pageCaching }),
    );
  }
}

/** What tells when the form was opened. Undefined while no key can be read: whoever posts the form then presses once more. */
async function startedNow({ keys, clock }: HttpDeps): Promise<string | undefined> {
  try {
    return openForm(await keys.ring(), ownSource, clock.now());
  } catch (error) {
    logger.warn("a form was shown without its time", describe(error));
    return undefined;
  }
}
