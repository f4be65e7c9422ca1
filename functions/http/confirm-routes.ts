import type { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { courseNamed } from "../../core/catalogue.ts";
import { digestList } from "../../core/digest/digest-subscription.ts";
import { confirmSignUp } from "../../core/subscriber/confirm.ts";
import { verifyToken } from "../../core/token/token.ts";
import { confirmPage } from "../../web/confirm-page.ts";
import { confirmedPage } from "../../web/confirmed-page.ts";
import { logger } from "../edge/logger.ts";
import { networkOf } from "./network.ts";
import { answerProblem, problem } from "./problem.ts";
import { readToken } from "./read-token.ts";

const refusals = {
  forged: problem(
    403,
    "token.forged",
    "This link is not complete",
    "Open the link in the mail once more, or copy all of it: mail programs sometimes cut a long link in two.",
  ),
  expired: problem(
    410,
    "token.expired",
    "This link has expired",
    "Confirmation links are good for seven days. Sign up again on the front page, and a new one comes by mail.",
  ),
  "sign-up-again": problem(
    409,
    "signup.none",
    "There is nothing to confirm any more",
    "You have left the list since. If you want to come back, sign up again on the front page.",
  ),
} as const;

/** Double opt-in, second half: the link shows a button, the button confirms. */
export function addConfirmRoutes(app: Hono, deps: HttpDeps): void {
  const { site } = deps.catalogue;

  app.get("/confirm/:token", async (c) => {
    const token = c.req.param("token");
    const check = verifyToken(await deps.keys.ring(), "confirm", token, deps.clock.now());
    if (check.status !== "valid") return answerProblem(c, deps, refusals[check.status]);
    return c.html(confirmPage({ site, token }));
  });

  app.post("/confirm", async (c) => {
    const outcome = await confirmSignUp(deps, { token: await readToken(c), network: networkOf(c) });
    if (outcome.status !== "confirmed") return answerProblem(c, deps, refusals[outcome.status]);
    if (!outcome.enrolled) logger.warn("the enrolment waits for dispatch");
    const joined = outcome.lists.flatMap((list) => courseNamed(deps.catalogue, list) ?? []);
    return c.html(confirmedPage({ site, courses: joined, digest: outcome.lists.includes(digestList) }));
  });
}
