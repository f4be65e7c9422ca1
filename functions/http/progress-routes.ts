import type { Context, Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { openProgress } from "../../core/progress/open-progress.ts";
import type { DateProblems, TypedDate } from "../../core/reminder/read-date.ts";
import { removeDate } from "../../core/reminder/remove-date.ts";
import { setDate } from "../../core/reminder/set-date.ts";
import { localDate } from "../../core/time/instant.ts";
import { progressPage } from "../../web/progress-page.ts";
import { linkRefusals } from "./link-refusals.ts";
import { answerProblem, problem } from "./problem.ts";
import { readForm } from "./read-form.ts";
import { toPathCourse } from "./to-path-course.ts";

/** What readers are told whose link or step is not good. */
export const refusals = {
  ...linkRefusals,
  "not-sent": problem(
    409,
    "step.not-sent",
    "This step has not come to you yet",
    "A step can be read and marked as done once its mail was sent. Open your progress page once more to see where you are.",
  ),
  unreachable: problem(
    409,
    "reader.unreachable",
    "No reminder would reach you",
    "Mail to your address came back, or was reported as unwanted. Write to us at the address below to get mail again.",
  ),
} as const;

/** A reader's progress and dates, by the link in every mail: it shows, its buttons change. */
export function addProgressRoutes(app: Hono, deps: HttpDeps): void {
  app.get("/progress/:token", (c) => show(c, deps, c.req.param("token")));

  app.post("/progress/dates", async (c) => {
    const { token, ...values } = await readForm(c, ["token", "label", "date", "daysBefore"]);
    const outcome = await setDate(deps, { token, ...values });
    if (outcome.status === "set") return show(c, deps, token);
    if (outcome.status !== "invalid") return answerProblem(c, deps, refusals[outcome.status]);
    return show(c, deps, token, { values, problems: outcome.problems });
  });

  app.post("/progress/dates/remove", async (c) => {
    const input = await readForm(c, ["token", "id"]);
    const { status } = await removeDate(deps, input);
    return status === "removed" ? show(c, deps, input.token) : answerProblem(c, deps, refusals[status]);
  });
}

async function show(
  c: Context,
  deps: HttpDeps,
  token: string,
  mistake?: { values: TypedDate; problems: DateProblems },
) {
  const progress = await openProgress(deps, token);
  if (progress.status !== "open") return answerProblem(c, deps, refusals[progress.status]);
  const { reader, courses, dates } = progress;
  const page = progressPage({
    site: deps.catalogue.site,
    name: reader.name,
    token,
    courses: courses.map((course) => toPathCourse(course, reader, deps.clock.now())),
    dates,
    today: localDate(deps.clock.now(), reader.zone),
    ...mistake,
  });
  return c.html(page, mistake ? 422 : 200);
}
