import { Hono } from "hono";
import type { AdminDeps } from "../../adapters/connect/admin.ts";
import { answerMissing } from "../edge/answer-missing.ts";
import { limitBody } from "../edge/limit-body.ts";
import { answerProblem } from "../edge/problem.ts";
import { secureHeaders } from "../edge/secure-headers.ts";
import { type AdminEnv, admit } from "./api/admit.ts";
import { addAuditRoutes } from "./api/audit-routes.ts";
import { addCampaignRoutes } from "./api/campaign-routes.ts";
import { addCourseRoutes } from "./api/course-routes.ts";
import { addDeliveryRoutes } from "./api/delivery-routes.ts";
import { addDigestRoutes } from "./api/digest-routes.ts";
import { addFeedRoutes } from "./api/feed-routes.ts";
import { addImportRoutes } from "./api/import-routes.ts";
import { addItemRoutes } from "./api/item-routes.ts";

import { addKeyRoutes } from "./api/key-routes.ts";
import { limitRate } from "./api/limit-rate.ts";
import { noteDeeds } from "./api/note-deeds.ts";
import { addNumberRoutes } from "./api/number-routes.ts";
import { replay } from "./api/replay.ts";
import { addSubscriberRoutes } from "./api/subscriber-routes.ts";

import { addSuppressionRoutes } from "./api/suppression-routes.ts";

/** What admins and their programs call. */
export function createAdminApp(deps: AdminDeps): Hono<AdminEnv> {
  const app = new Hono<AdminEnv>();
  app.use(secureHeaders);
  app.use(limitBody);
  app.use("/v1/*", admit(deps), limitRate(deps), replay(deps), noteDeeds(deps));
  addSubscriberRoutes(app, deps);
  addCourseRoutes(app, deps);
  addCampaignRoutes(app, deps);
  addFeedRoutes(app, deps);
  addImportRoutes(app, deps);
  addItemRoutes(app, deps);
  addDigestRoutes(app, deps);
  addDeliveryRoutes(app, deps);
  addNumberRoutes(app, deps);
  addKeyRoutes(app, deps);
  addAuditRoutes(app, deps);
  addSuppressionRoutes(app, deps);
  app.notFound((c) => answerMissing(c, deps));
  app.onError((error, c) => answerProblem(c, deps, error));
  return app;
}
