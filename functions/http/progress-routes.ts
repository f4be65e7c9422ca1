import type { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { openProgress } from "../../core/progress/open-progress.ts";
import { localDate } from "../../core/time/instant.ts";
import { progressPage } from "../../web/progress-page.ts";
import { answerProblem, problem } from "../edge/problem.ts";
import { linkRefusals } from "./link-refusals.ts";
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
} as const;

/** A reader's progress, by the link in every mail: it shows, its buttons change. */
export function addProgressRoutes(app: Hono, deps: HttpDeps): void {
  app.get("/progress/:token", async (c) => {
    const token = c.req.param("token");
    const progress = await openProgress(deps, token);
    if (progress.status !== "open") return answerProblem(c, deps, refusals[progress.status]);
    const { reader, courses, own } = progress;
    const now = deps.clock.now();
    return c.html(
      progressPage({
        site: deps.catalogue.site,
        name: reader.name,
        token,
        courses: courses.map((course) => toPathCourse(course, reader, now)),
        own,
        today: localDate(now, reader.zone),
      }),
    );
  });
}
