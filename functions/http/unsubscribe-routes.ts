import type { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { courseNamed } from "../../core/catalogue.ts";
import { unsubscribe } from "../../core/subscriber/unsubscribe.ts";
import { verifyToken } from "../../core/token/token.ts";
import { unsubscribePage } from "../../web/unsubscribe-page.ts";
import { unsubscribedPage } from "../../web/unsubscribed-page.ts";
import { answerProblem, problem } from "./problem.ts";
import { readToken } from "./read-token.ts";

const forged = problem(
  403,
  "token.forged",
  "This link is not complete",
  "Open the Unsubscribe link in the mail once more, or answer any of our mails and ask us to take you off the list.",
);

/** Leaving: by a mail program's own button (RFC 8058), or by the page behind the link in the mail. */
export function addUnsubscribeRoutes(app: Hono, deps: HttpDeps): void {
  const { site } = deps.catalogue;
  const titleOf = (list: string) => courseNamed(deps.catalogue, list)?.title;

  app.get("/unsubscribe/:token", async (c) => {
    const token = c.req.param("token");
    const check = verifyToken(await deps.keys.ring(), "unsubscribe", token, deps.clock.now());
    if (check.status !== "valid") return answerProblem(c, deps, forged);
    return c.html(unsubscribePage({ site, token, courseTitle: titleOf(check.list) }));
  });

  // RFC 8058: no cookie, no redirect, whatever the body is; the address alone says who leaves what.
  app.post("/unsubscribe/:token", async (c) => {
    const outcome = await unsubscribe(deps, { token: c.req.param("token") });
    return outcome.status === "left" ? c.body(null, 200) : answerProblem(c, deps, forged);
  });

  app.post("/unsubscribe", async (c) => {
    const outcome = await unsubscribe(deps, { token: await readToken(c) });
    if (outcome.status !== "left") return answerProblem(c, deps, forged);
    return c.html(unsubscribedPage({ site, courseTitle: titleOf(outcome.list) }));
  });
}
