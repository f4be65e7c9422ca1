import { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { addApiRoutes } from "./api-routes.ts";
import { addConfirmRoutes } from "./confirm-routes.ts";
import { addDataRoutes } from "./data-routes.ts";
import { addDatesRoutes } from "./dates-routes.ts";
import { addDigestRoutes } from "./digest-routes.ts";
import { addFeedRoutes } from "./feed-routes.ts";
import { addHookRoutes } from "./hook-routes.ts";
import { addItemRoutes } from "./item-routes.ts";
import { limitBody } from "./limit-body.ts";
import { addNewsRoutes } from "./news-routes.ts";
import { addPageRoutes } from "./page-routes.ts";
import { answerProblem, problem } from "./problem.ts";
import { addProgressRoutes } from "./progress-routes.ts";
import { secureHeaders } from "./secure-headers.ts";
import { addSettingsRoutes } from "./settings-routes.ts";
import { addSignUpRoutes } from "./sign-up-routes.ts";
import { addStepRoutes } from "./step-routes.ts";
import { addUnsubscribeRoutes } from "./unsubscribe-routes.ts";

/** The pages and forms of subscribers, and the API of admins. No GET changes anything: mail scanners follow every link. */
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
  addApiRoutes(app, deps);
  addFeedRoutes(app, deps);
  addItemRoutes(app, deps);
  addDigestRoutes(app, deps);
  app.notFound((c) =>
    answerProblem(
      c,
      deps,
      problem(
        404,
        "page.missing",
        "There is no such page",
        "Check the address, or start from the front page.",
      ),
    ),
  );
  app.onError((error, c) => answerProblem(c, deps, error));
  return app;
}
