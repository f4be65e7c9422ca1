import { Hono } from "hono";
import type { AdminDeps } from "../../adapters/connect/admin.ts";
import { answerMissing } from "../edge/answer-missing.ts";
import { limitBody } from "../edge/limit-body.ts";
import { answerProblem } from "../edge/problem.ts";
import { secureHeaders } from "../edge/secure-headers.ts";
import { addCampaignRoutes } from "./api/campaign-routes.ts";
import { addDigestRoutes } from "./api/digest-routes.ts";
import { addFeedRoutes } from "./api/feed-routes.ts";
import { addImportRoutes } from "./api/import-routes.ts";
import { addItemRoutes } from "./api/item-routes.ts";
import { requireAdmin } from "./api/require-admin.ts";

/** What admins and their programs call. */
export function createAdminApp(deps: AdminDeps): Hono {
  const app = new Hono();
  app.use(secureHeaders);
  app.use(limitBody);
  app.use("/v1/*", requireAdmin(deps));
  addCampaignRoutes(app, deps);
  addFeedRoutes(app, deps);
  addImportRoutes(app, deps);
  addItemRoutes(app, deps);
  addDigestRoutes(app, deps);
  app.notFound((c) => answerMissing(c, deps));
  app.onError((error, c) => answerProblem(c, deps, error));
  return app;
}
