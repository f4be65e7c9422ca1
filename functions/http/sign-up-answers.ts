import type { Context } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { courseNamed } from "../../core/catalogue.ts";
import { openForm } from "../../core/guard/form-time.ts";
import { trapField } from "../../core/guard/trap.ts";
import { signupConsent } from "../../core/subscriber/consent-text.ts";
import type { SignUp, SignUpOutcome } from "../../core/subscriber/sign-up.ts";
import { checkInboxPage } from "../../web/check-inbox-page.ts";
import { didYouMeanPage } from "../../web/did-you-mean-page.ts";
import { oneMorePressPage } from "../../web/one-more-press-page.ts";
import type { OpenForm } from "../../web/open-form.ts";
import { signupPage } from "../../web/signup-page.ts";
import { logger } from "../edge/logger.ts";
import { answerProblem, problem, wantsJson } from "../edge/problem.ts";
import { policyWith } from "../edge/secure-headers.ts";
import type { Door } from "./find-door.ts";
import { enteredIn, type Sent, textOf } from "./read-sign-up.ts";

/** A call of a door: what it is answered by, and by what it came. */
export interface Knock {
  c: Context;
  deps: HttpDeps;
  door: Door;
  sent: Sent;
}

const noCourse = problem(422, "signup.invalid", "There is no such course", "Start from the front page.");

/** The one answer of a signup that went through, and of whoever is to believe so. */
export function checkInbox({ c, deps }: Knock, thankYou: string | undefined) {
  if (wantsJson(c)) return c.json({ status: "check-inbox", ...(thankYou && { thankYou }) }, 202);
  return thankYou ? c.redirect(thankYou, 303) : c.html(checkInboxPage(deps.catalogue), 202);
}

/** Nobody has had the form open, or for too long: people press once more, programs are told how. */
export async function notStarted({ c, deps, door, sent }: Knock) {
  refused("signup.not-started");
  if (wantsJson(c)) {
    const message = `Get ${door.action}/start when the form is opened, and send what it answers as started, at least two seconds and at most a day later.`;
    return c.json({ code: "signup.not-started", message }, 422);
  }
  const started = openForm(await deps.keys.ring(), door.name, deps.clock.now());
  const page = { site: deps.catalogue.site, form: formOf(door, started), entered: enteredIn(sent) };
  return asForm(c, door).html(oneMorePressPage(page));
}

/** Too many signups came: when to try again. */
export function tooMany(c: Context, deps: HttpDeps, seconds: number) {
  refused("signup.too-many");
  c.header("Retry-After", String(seconds));
  const minutes = Math.ceil(seconds / 60);
  return answerProblem(
    c,
    deps,
    problem(
      429,
      "signup.too-many",
      "Too many sign-ups at once",
      `Many sign-ups came in a short time, so this one was not taken. Please try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
    ),
  );
}

/** The address looks mistyped: which one was meant? */
export function mistyped({ c, deps, door, sent }: Knock, suggestion: string) {
  refused("signup.mistyped");
  if (wantsJson(c)) {
    const message = `Did you mean ${suggestion}? If the address is right, send asTyped as true.`;
    return c.json({ code: "signup.mistyped", message, suggestion }, 422);
  }
  const form = formOf(door, textOf(sent, "started"));
  const page = { site: deps.catalogue.site, form, entered: enteredIn(sent), suggestion };
  return asForm(c, door).html(didYouMeanPage(page), 422);
}

/** Fields are wrong: the form comes back with all that was entered. */
export function invalid(
  { c, deps, door, sent }: Knock,
  values: SignUp,
  { problems }: Extract<SignUpOutcome, { status: "invalid" }>,
) {
  refused("signup.invalid");
  if (wantsJson(c))
    return c.json({ code: "signup.invalid", message: "Correct these fields.", fields: problems }, 422);
  const { site } = deps.catalogue;
  const course =
    courseNamed(deps.catalogue, values.course) ?? courseNamed(deps.catalogue, site.defaults.course);
  if (!course) return answerProblem(c, deps, noCourse);
  const { thankYou, afterConfirm } = enteredIn(sent);
  const page = {
    site,
    course,
    consent: signupConsent(site, course),
    form: formOf(door, textOf(sent, "started")),
    carried: { ...(thankYou && { thankYou }), ...(afterConfirm && { afterConfirm }) },
    values,
    problems,
  };
  return asForm(c, door).html(signupPage(page), 422);
}

function formOf({ action }: Door, started: string): OpenForm {
  return { action, trap: trapField, started };
}

/** A page whose form may end on a thank-you page of the door's site. */
function asForm(c: Context, { thankYou }: Door): Context {
  c.header("Content-Security-Policy", policyWith(thankYou));
  return c;
}

/** Counted by its code, and nothing that tells who it was. */
export function refused(code: string): void {
  logger.warn("a signup was refused", { code });
}
