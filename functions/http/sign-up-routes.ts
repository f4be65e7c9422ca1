import type { Context, Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { networkNames } from "../../adapters/network-name.ts";
import { enterDoor } from "../../core/guard/enter-door.ts";
import { openForm } from "../../core/guard/form-time.ts";
import { signUpOpenly } from "../../core/guard/sign-up-openly.ts";
import { trapField } from "../../core/guard/trap.ts";
import { allowedPage, ownSource } from "../../core/source/source.ts";
import { logger } from "../edge/logger.ts";
import { answerProblem, problem } from "../edge/problem.ts";
import { allowOrigin, findDoor } from "./find-door.ts";
import { networkOf } from "./network.ts";
import { isFilled, readDoorFields, readSent, textOf } from "./read-sign-up.ts";
import { checkInbox, invalid, mistyped, notStarted, refused, tooMany } from "./sign-up-answers.ts";
import { isTicked, toSignUp } from "./sign-up-fields.ts";

const missing = problem(
  404,
  "source.missing",
  "There is no such form",
  "This form posts to an address that we do not know. Tell whoever runs the site, or sign up on the front page.",
);

/** Scripts need not ask again for as long as browsers at most remember. */
const preflightSeconds = "7200";

/** Double opt-in, first half, by our own form and by those of other sites. */
export function addSignUpRoutes(app: Hono, deps: HttpDeps): void {
  for (const path of ["/signup", "/signup/:source"]) {
    app.post(path, (c) => takeSignUp(c, deps));
    app.get(`${path}/start`, (c) => start(c, deps));
  }
  for (const path of ["/signup/:source", "/signup/:source/start"])
    app.options(path, (c) => preflight(c, deps));
}

/** When a script opens a form, so that it can tell with the signup. */
async function start(c: Context, deps: HttpDeps) {
  const door = await findDoor(deps, c.req.param("source"));
  if (!door) return answerProblem(c, deps, missing);
  allowOrigin(c, door);
  return c.json({ started: openForm(await deps.keys.ring(), door.name, deps.clock.now()) });
}

async function preflight(c: Context, deps: HttpDeps) {
  allowOrigin(c, await findDoor(deps, c.req.param("source")));
  c.header("Access-Control-Allow-Methods", "GET, POST");
  c.header("Access-Control-Allow-Headers", "content-type");
  c.header("Access-Control-Max-Age", preflightSeconds);
  return c.body(null, 204);
}

/** The answer is the same whatever is known of the address. */
async function takeSignUp(c: Context, deps: HttpDeps) {
  const source = c.req.param("source");
  const sent = await readSent(c);
  const network = networkOf(c);
  const entered = await enterDoor(deps, {
    source: source ?? ownSource,
    isTrapFilled: isFilled(sent, trapField),
    started: textOf(sent, "started"),
    networks: networkNames(network),
  });
  // Before the door is looked up: who is refused again costs no read.
  if (entered.status === "too-many") return tooMany(c, deps, entered.retryAfterSeconds);

  const door = await findDoor(deps, source);
  if (!door) return answerProblem(c, deps, missing);
  allowOrigin(c, door);
  const knock = { c, deps, door, sent };
  const thankYou = allowedPage(door.thankYou, textOf(sent, "thankYou"));
  if (entered.status === "trapped") {
    refused("signup.trapped");
    return checkInbox(knock, thankYou);
  }
  if (entered.status === "not-started") return notStarted(knock);

  const fields = readDoorFields(sent);
  const afterConfirm = allowedPage(door.afterConfirm, fields.afterConfirm);
  const asked = {
    ...toSignUp(fields, deps.catalogue.site, { source: door.name, network }),
    ...(afterConfirm && { afterConfirm }),
  };
  const outcome = await signUpOpenly(deps, { ...asked, asTyped: isTicked(fields.asTyped) });
  switch (outcome.status) {
    case "check-inbox":
      if (!outcome.enqueued) logger.warn("the confirmation waits for dispatch");
      return checkInbox(knock, thankYou);
    case "invalid":
      return invalid(knock, asked, outcome);
    case "mistyped":
      return mistyped(knock, outcome.suggestion);
    case "too-many":
      return tooMany(c, deps, outcome.retryAfterSeconds);
  }
}
