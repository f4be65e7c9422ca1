import type { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { courseNamed } from "../../core/catalogue.ts";
import { signUp } from "../../core/subscriber/sign-up.ts";
import { checkInboxPage } from "../../web/check-inbox-page.ts";
import { signupPage } from "../../web/signup-page.ts";
import { logger } from "../edge/logger.ts";
import { answerProblem, problem, wantsJson } from "./problem.ts";
import { readSignUp } from "./read-sign-up.ts";

/** Double opt-in, first half. The answer is the same whatever is known of the address. */
export function addSignUpRoutes(app: Hono, deps: HttpDeps): void {
  const { site } = deps.catalogue;

  app.post("/signup", async (c) => {
    const values = await readSignUp(c, site);
    const outcome = await signUp(deps, values);
    if (outcome.status === "check-inbox") {
      if (!outcome.enqueued) logger.warn("the confirmation waits for dispatch");
      return wantsJson(c) ? c.json({ status: "check-inbox" }, 202) : c.html(checkInboxPage({ site }), 202);
    }
    if (wantsJson(c))
      return c.json(
        { code: "signup.invalid", message: "Correct these fields.", fields: outcome.problems },
        422,
      );
    const course =
      courseNamed(deps.catalogue, values.course) ?? courseNamed(deps.catalogue, site.defaults.course);
    return course
      ? c.html(signupPage({ site, course, values, problems: outcome.problems }), 422)
      : answerProblem(
          c,
          deps,
          problem(422, "signup.invalid", "There is no such course", "Start from the front page."),
        );
  });
}
