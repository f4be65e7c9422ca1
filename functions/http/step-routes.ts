import type { Context, Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { markDone } from "../../core/course/mark-done.ts";
import { restartCourse } from "../../core/course/restart-course.ts";
import { setTasks } from "../../core/course/tick-tasks.ts";
import { openProgress } from "../../core/progress/open-progress.ts";
import { openStep } from "../../core/progress/open-step.ts";
import { donePage } from "../../web/done-page.ts";
import { finishedPage } from "../../web/finished-page.ts";
import { restartedPage } from "../../web/restarted-page.ts";
import { stepPage } from "../../web/step-page.ts";
import { answerProblem, problem } from "../edge/problem.ts";
import { refusals } from "./progress-routes.ts";
import { readStepForm } from "./read-step-form.ts";
import { type Shown, toDonePage, toFinishedPage, toRestartedPage, toStepPage } from "./to-step-page.ts";

const stepRefusals = {
  ...refusals,
  "no-step": problem(
    404,
    "step.missing",
    "There is no such step",
    "The course may have changed since. Open your progress page by the link in any of its mails.",
  ),
  "not-on-course": problem(
    409,
    "course.left",
    "You are not on this course",
    "You have left it, or mail to you came back. Sign up for it on the front page to start anew.",
  ),
  "too-often": problem(
    429,
    "course.too-often",
    "You have started again five times today",
    "That is as often as a course can be started again in a day. Nothing was changed now, and your path stays as it is; try again tomorrow.",
  ),
  "not-finished": problem(
    409,
    "course.not-finished",
    "You are still on the way",
    "This page is for the end of a course. Open your progress page by the link in any of its mails.",
  ),
} as const;

/** The page of each step that was sent, its ticks and its buttons, and the page at the end of a course. */
export function addStepRoutes(app: Hono, deps: HttpDeps): void {
  app.get("/progress/:token/courses/:course", (c) => showEnd(c, deps, c.req.param()));
  app.get("/progress/:token/courses/:course/:step", (c) => showStep(c, deps, c.req.param()));

  app.post("/progress/tasks", async (c) => {
    const form = await readStepForm(c);
    const { status } = await setTasks(deps, form);
    return status === "set" ? showStep(c, deps, form, true) : answerProblem(c, deps, stepRefusals[status]);
  });

  app.post("/progress/restart", async (c) => {
    const form = await readStepForm(c);
    const { status } = await restartCourse(deps, form);
    return status === "restarted"
      ? showRestarted(c, deps, form)
      : answerProblem(c, deps, stepRefusals[status]);
  });

  app.post("/progress", async (c) => {
    const form = await readStepForm(c);
    // The button that marks stands in the form of the ticks: those on the page are kept with it.
    if (form.tasks.length > 0) await setTasks(deps, form);
    const { status } = await markDone(deps, form);
    return status === "marked" ? showDone(c, deps, form) : answerProblem(c, deps, stepRefusals[status]);
  });
}

async function showStep(
  c: Context,
  deps: HttpDeps,
  input: { token: string; course: string; step: string },
  isSaved = false,
) {
  const open = await openStep(deps, input);
  if (open.status !== "open") return answerProblem(c, deps, stepRefusals[open.status]);
  return c.html(stepPage({ ...toStepPage(shownTo(deps, input.token), open), isSaved }));
}

/** After the last step the end of the course, after any other what comes next. */
async function showDone(c: Context, deps: HttpDeps, input: { token: string; course: string; step: string }) {
  const open = await openProgress(deps, input.token);
  if (open.status !== "open") return answerProblem(c, deps, stepRefusals[open.status]);
  const progress = open.courses.find(({ course }) => course.name === input.course);
  if (!progress) return showStep(c, deps, input);
  const shown = shownTo(deps, input.token);
  return c.html(
    progress.complete
      ? finishedPage(toFinishedPage(shown, open.reader, progress))
      : donePage(toDonePage(shown, open.reader, progress, input.step)),
  );
}

async function showRestarted(c: Context, deps: HttpDeps, input: { token: string; course: string }) {
  const open = await openProgress(deps, input.token);
  if (open.status !== "open") return answerProblem(c, deps, stepRefusals[open.status]);
  const progress = open.courses.find(({ course }) => course.name === input.course);
  if (!progress) return answerProblem(c, deps, stepRefusals["not-on-course"]);
  return c.html(restartedPage(toRestartedPage(shownTo(deps, input.token), open.reader, progress)));
}

async function showEnd(c: Context, deps: HttpDeps, input: { token: string; course: string }) {
  const open = await openProgress(deps, input.token);
  if (open.status !== "open") return answerProblem(c, deps, stepRefusals[open.status]);
  const progress = open.courses.find(({ course }) => course.name === input.course);
  if (!progress?.complete && !progress?.finished) return answerProblem(c, deps, stepRefusals["not-finished"]);
  return c.html(finishedPage(toFinishedPage(shownTo(deps, input.token), open.reader, progress)));
}

function shownTo({ catalogue, clock }: HttpDeps, token: string): Shown {
  return { catalogue, token, now: clock.now() };
}
