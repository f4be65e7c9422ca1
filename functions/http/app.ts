import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Deps } from "../../adapters/connect.ts";
import { addConfirmRoutes } from "./confirm-routes.ts";
import { addPageRoutes } from "./page-routes.ts";
import { answerProblem, problem } from "./problem.ts";
import { secureHeaders } from "./secure-headers.ts";
import { addSignUpRoutes } from "./sign-up-routes.ts";
import { addUnsubscribeRoutes } from "./unsubscribe-routes.ts";

/** Bytes of a request body, at most; a signup has a few hundred. */
const longestBody = 16 * 1024;

/** The pages and forms of subscribers. No GET changes anything: mail scanners follow every link. */
export function createApp(deps: Deps): Hono {
  const app = new Hono();
  app.use(secureHeaders);
  app.use(
    bodyLimit({
      maxSize: longestBody,
      onError: () => {
        throw new HTTPException(413, { message: "Send less than 16 KB; the form needs only a few fields." });
      },
    }),
  );
  addPageRoutes(app, deps);
  addSignUpRoutes(app, deps);
  addConfirmRoutes(app, deps);
  addUnsubscribeRoutes(app, deps);
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
