import { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { answerMissing } from "../edge/answer-missing.ts";
import { limitBody } from "../edge/limit-body.ts";
import { answerProblem } from "../edge/problem.ts";
import { secureHeaders } from "../edge/secure-headers.ts";
import { addConfirmRoutes } from "./confirm-routes.ts";
import { addDataRoutes } from "./data-routes.ts";
import { addDatesRoutes } from "./dates-routes.ts";
import { addHookRoutes } from "./hook-routes.ts";
import { addNewsRoutes } from "./news-routes.ts";
import { addPageRoutes } from "./page-routes.ts";
import { addProgressRoutes } from "./progress-routes.ts";
import { addSettingsRoutes } from "./settings-routes.ts";
import { addSignUpRoutes } from "./sign-up-routes.ts";
import { addStepRoutes } from "./step-routes.ts";
import { addUnsubscribeRoutes } from "./unsubscribe-routes.ts";

/** The pages and forms of subscribers, and webhooks of sites. No GET changes anything: mail scanners follow every link. */
export function createApp(deps: HttpDeps): Hono {
  const app = new Hono();
  app.use(secureHeaders);
  app.use(limitBody);
  addPageRoutes(app, deps);
  addNewsRoutes(app, deps);
  addSignUpRoutes(app, deps);
  addConfirmRoutes(app, deps);
  addUnsubscribeRoutes(app, deps);
  addProgressRoutes(app, deps);
  addDatesRoutes(app, deps);
  addStepRoutes(app, deps);
  addDataRoutes(app, deps);
  addSettingsRoutes(app, deps);
  addHookRoutes(app, deps);
  app.notFound((c) => answerMissing(c, deps));
  app.onError((error, c) => answerProblem(c, deps, error));
  return app;
}
