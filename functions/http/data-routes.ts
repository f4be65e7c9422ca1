import type { Context, Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { changeAddress } from "../../core/person/change-address.ts";
import { confirmAddress } from "../../core/person/confirm-address.ts";
import { erasePerson } from "../../core/person/erase-person.ts";
import { exportPerson } from "../../core/person/export-person.ts";
import { findOwner } from "../../core/person/find-owner.ts";
import { requestAccess } from "../../core/person/request-access.ts";
import { findReader } from "../../core/progress/find-reader.ts";
import { checkToken } from "../../core/token/check-token.ts";
import { addressAskedPage, addressMovedPage, addressPage, erasedPage } from "../../web/account-answers.ts";
import { type AccountPage, accountPage } from "../../web/account-page.ts";
import { dataAskedPage, dataPage } from "../../web/data-page.ts";
import { logger } from "../edge/logger.ts";
import { answerProblem } from "../edge/problem.ts";
import { readForm } from "../edge/read-form.ts";
import { accountRefusals, addressRefusals } from "./data-refusals.ts";
import { linkRefusals } from "./link-refusals.ts";
import { readToken } from "./read-token.ts";

/** A reader's own data: the progress link asks for a fresh link, and that one alone takes out, moves and erases. */
export function addDataRoutes(app: Hono, deps: HttpDeps): void {
  const { site } = deps.catalogue;

  app.get("/progress/:token/data", async (c) => {
    const token = c.req.param("token");
    const { status } = await findReader(deps, token);
    return status === "found"
      ? c.html(dataPage({ site, token }))
      : answerProblem(c, deps, linkRefusals[status]);
  });

  app.post("/progress/data", async (c) => {
    const token = await readToken(c);
    const outcome = await requestAccess(deps, { token });
    if (outcome.status !== "asked") return answerProblem(c, deps, linkRefusals[outcome.status]);
    if (!outcome.enqueued) logger.warn("the link to somebody's data waits for dispatch");
    return c.html(dataAskedPage({ site, token }), 202);
  });

  app.get("/account/:token", async (c) => {
    const token = c.req.param("token");
    const { status } = await findOwner(deps, token);
    return status === "found" ? show(c, { site, token }) : answerProblem(c, deps, accountRefusals[status]);
  });

  app.post("/account/export", async (c) => {
    const outcome = await exportPerson(deps, { token: await readToken(c) });
    if (outcome.status !== "exported") return answerProblem(c, deps, accountRefusals[outcome.status]);
    return c.body(`${JSON.stringify(outcome.data, null, 2)}\n`, 200, {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="stepletter-data.json"',
    });
  });

  app.post("/account/address", async (c) => {
    const { token, email } = await readForm(c, ["token", "email"]);
    const outcome = await changeAddress(deps, { token, email });
    switch (outcome.status) {
      case "check-inbox":
        if (!outcome.enqueued) logger.warn("the confirmation of an address waits for dispatch");
        return c.html(addressAskedPage({ site }), 202);
      case "invalid":
        return show(c, { site, token, email, problems: { email: badAddress } });
      default:
        return answerProblem(c, deps, accountRefusals[outcome.status]);
    }
  });

  app.post("/account/erase", async (c) => {
    const { token, sure } = await readForm(c, ["token", "sure"]);
    const outcome = await erasePerson(deps, { token, sure });
    switch (outcome.status) {
      case "erased":
        if (!outcome.swept) logger.warn("the rows of somebody who was erased wait for dispatch");
        return c.html(erasedPage({ site }));
      case "unsure":
        return show(c, { site, token, problems: { sure: "Tick the box, if you are sure." } });
      default:
        return answerProblem(c, deps, accountRefusals[outcome.status]);
    }
  });

  app.get("/address/:token", async (c) => {
    const token = c.req.param("token");
    const { status } = await checkToken(deps.keys, "address", token, deps.clock.now());
    return status === "valid"
      ? c.html(addressPage({ site, token }))
      : answerProblem(c, deps, addressRefusals[status]);
  });

  app.post("/address", async (c) => {
    const { status } = await confirmAddress(deps, { token: await readToken(c) });
    return status === "moved"
      ? c.html(addressMovedPage({ site }))
      : answerProblem(c, deps, addressRefusals[status]);
  });
}

const badAddress =
  "Enter one e-mail address, such as name@example.com. The part before the @ takes plain letters only.";

function show(c: Context, page: AccountPage) {
  return c.html(accountPage(page), page.problems ? 422 : 200);
}
