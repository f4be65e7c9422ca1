import type { Context, Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { courseNamed } from "../../core/catalogue.ts";
import { digestList } from "../../core/digest/digest-subscription.ts";
import { remindersList } from "../../core/reminder/reminder-date.ts";
import type { PauseProblems } from "../../core/rhythm/read-pause.ts";
import { pausedUntil } from "../../core/rhythm/rhythm.ts";
import { setPause } from "../../core/rhythm/set-rhythm.ts";
import {
  giveReason,
  readReason,
  type UnsubscribeOutcome,
  unsubscribe,
  unsubscribeFromAll,
} from "../../core/subscriber/unsubscribe.ts";
import { dayAhead } from "../../core/time/calendar-day.ts";
import { localDate } from "../../core/time/instant.ts";
import { checkToken } from "../../core/token/check-token.ts";
import { dateWords } from "../../web/date-words.ts";
import { pausedPage, resumedPage } from "../../web/paused-page.ts";
import { type LeftList, unsubscribePage } from "../../web/unsubscribe-page.ts";
import { unsubscribedPage } from "../../web/unsubscribed-page.ts";
import { logger } from "../edge/logger.ts";
import { answerProblem, problem } from "../edge/problem.ts";
import { readForm } from "../edge/read-form.ts";
import { readToken } from "./read-token.ts";

const forged = problem(
  403,
  "token.forged",
  "This link is not complete",
  "Open the Unsubscribe link in the mail once more, or answer any of our mails and ask us to take you off the list.",
);
const gone = problem(
  404,
  "reader.gone",
  "There is nothing kept about you any more",
  "Nothing more comes, so there is nothing to pause. If you want to start anew, sign up on the front page.",
);

/** Leaving, or pausing instead: by a mail program's own button (RFC 8058), or by the page behind the link in the mail. */
export function addUnsubscribeRoutes(app: Hono, deps: HttpDeps): void {
  const { site } = deps.catalogue;

  app.get("/unsubscribe/:token", (c) => show(c, deps, c.req.param("token")));

  app.post("/unsubscribe", async (c) => {
    const { token, reason } = await readForm(c, ["token", "reason"]);
    const why = readReason(reason);
    const outcome = await unsubscribe(deps, { token, reason: why });
    return answerLeft(c, deps, outcome, { token, hasSaid: why !== undefined });
  });

  app.post("/unsubscribe/reason", async (c) => {
    const { token, reason } = await readForm(c, ["token", "reason"]);
    const why = readReason(reason);
    const outcome = await giveReason(deps, { token, reason: why });
    return answerLeft(c, deps, outcome, { token, hasSaid: why !== undefined });
  });

  app.post("/unsubscribe/all", async (c) => {
    const token = await readToken(c);
    const outcome = await unsubscribeFromAll(deps, { token });
    return answerLeft(c, deps, outcome, { token, hasSaid: false, everything: true });
  });

  app.post("/unsubscribe/pause", async (c) => {
    const { token, resume, ...typed } = await readForm(c, ["token", "until", "weeks", "resume"]);
    const outcome = await setPause(deps, { token, purpose: "unsubscribe", resume: resume !== "", ...typed });
    switch (outcome.status) {
      case "invalid":
        return show(c, deps, token, { value: typed.until, problems: outcome.problems });
      case "set": {
        if (!outcome.replanned) logger.warn("the new plan waits for dispatch");
        const until = pausedUntil(outcome.reader, deps.clock.now());
        return c.html(
          until === undefined
            ? resumedPage({ site })
            : pausedPage({ site, token, until: dateWords(localDate(until, outcome.reader.zone)) }),
        );
      }
      default:
        return answerProblem(c, deps, outcome.status === "gone" ? gone : forged);
    }
  });

  // RFC 8058: no cookie, no redirect, whatever the body is; the address alone says who leaves what.
  app.post("/unsubscribe/:token", async (c) => {
    const outcome = await unsubscribe(deps, { token: c.req.param("token") });
    return outcome.status === "left" ? c.body(null, 200) : answerProblem(c, deps, forged);
  });
}

async function show(
  c: Context,
  deps: HttpDeps,
  token: string,
  mistake?: { value: string; problems: PauseProblems },
) {
  const now = deps.clock.now();
  const check = await checkToken(deps.keys, "unsubscribe", token, now);
  if (check.status !== "valid") return answerProblem(c, deps, forged);
  const { zone } = (await deps.subscribers.load(check.subscriberId)) ?? deps.catalogue.site.defaults;
  const page = unsubscribePage({
    ...listOf(deps, check.list),
    token,
    pause: {
      first: dayAhead(now, zone, { days: 1 }),
      last: dayAhead(now, zone, { years: 1 }),
      ...mistake,
    },
  });
  return c.html(page, mistake ? 422 : 200);
}

function answerLeft(
  c: Context,
  deps: HttpDeps,
  outcome: UnsubscribeOutcome,
  { token, hasSaid, everything = false }: { token: string; hasSaid: boolean; everything?: boolean },
) {
  if (outcome.status !== "left") return answerProblem(c, deps, forged);
  const list = listOf(deps, outcome.list);
  const path = list.courseTitle && !everything ? `/courses/${outcome.list}` : "/";
  return c.html(unsubscribedPage({ ...list, token, path, everything, hasSaid }));
}

function listOf({ catalogue }: Pick<HttpDeps, "catalogue">, list: string): LeftList {
  const other = list === digestList ? "digest" : list === remindersList ? "reminders" : undefined;
  return { site: catalogue.site, courseTitle: courseNamed(catalogue, list)?.title, other };
}
