import type { Context, Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { courseNamed } from "../../core/catalogue.ts";
import { digestList } from "../../core/digest/digest-subscription.ts";
import { remindersList } from "../../core/reminder/reminder-date.ts";
import { askForNewLink } from "../../core/subscriber/ask-again.ts";
import { confirmSignUp } from "../../core/subscriber/confirm.ts";
import { openConfirmation } from "../../core/subscriber/open-confirmation.ts";
import { alreadyConfirmedPage } from "../../web/already-confirmed-page.ts";
import { confirmPage } from "../../web/confirm-page.ts";
import { confirmedPage } from "../../web/confirmed-page.ts";
import { lateLinkPage } from "../../web/late-link-page.ts";
import { newLinkPage } from "../../web/new-link-page.ts";
import { describe } from "../edge/describe-error.ts";
import { logger } from "../edge/logger.ts";
import { answerProblem, problem } from "../edge/problem.ts";
import { readForm } from "../edge/read-form.ts";
import { policyWith } from "../edge/secure-headers.ts";
import { networkOf } from "./network.ts";
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
    "Confirmation links are good for seven days, and what this one asked for is no longer kept. Sign up again on the front page, and a new one comes by mail.",
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

  app.get("/confirm/:token", (c) => show(c, deps, c.req.param("token")));

  app.post("/confirm", async (c) => {
    const { token, shown } = await readForm(c, ["token", "shown"]);
    const outcome = await confirmSignUp(deps, { token, shown, network: networkOf(c) });
    switch (outcome.status) {
      case "changed":
        return show(c, deps, token, { isChanged: true });
      case "expired":
        return show(c, deps, token);
      case "confirmed": {
        if (!outcome.enrolled) logger.warn("the enrolment waits for dispatch");
        warnOf(outcome.failure);
        if (outcome.page) return c.redirect(outcome.page, 303);
        const { lists } = outcome;
        const courses = lists.flatMap((list) => courseNamed(deps.catalogue, list) ?? []);
        const also = { digest: lists.includes(digestList), reminders: lists.includes(remindersList) };
        return c.html(confirmedPage({ site, courses, ...also }));
      }
      default:
        return answerProblem(c, deps, refusals[outcome.status]);
    }
  });

  app.post("/confirm/again", async (c) => {
    const outcome = await askForNewLink(deps, { token: await readToken(c) });
    if (outcome.status === "forged") return answerProblem(c, deps, refusals.forged);
    if (!outcome.enqueued) logger.warn("the confirmation waits for dispatch");
    return c.html(newLinkPage({ site }), 202);
  });
}

async function show(c: Context, deps: HttpDeps, token: string, { isChanged = false } = {}) {
  const { site } = deps.catalogue;
  const outcome = await openConfirmation(deps, token);
  switch (outcome.status) {
    case "open":
      warnOf(outcome.failure);
      if (outcome.page) c.header("Content-Security-Policy", policyWith([outcome.page]));
      return c.html(confirmPage({ site, token, consent: outcome.consent, isChanged }), isChanged ? 409 : 200);
    case "late":
      return c.html(lateLinkPage({ site, token }), 410);
    case "confirmed":
      return c.html(alreadyConfirmedPage({ site }));
    default:
      return answerProblem(c, deps, refusals[outcome.status]);
  }
}

/** The page of a source that cannot be read is no reason to fail: ours is shown. */
function warnOf(failure: unknown): void {
  if (failure !== undefined) logger.warn("the page of the source could not be read", describe(failure));
}
