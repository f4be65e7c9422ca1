import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { type Course, courseNamed } from "../../../core/catalogue.ts";
import { answerDetails, problem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";

/** There is no course of that name. */
export const missingCourse = problem(
  404,
  "course.missing",
  "There is no such course",
  "There is no course of this name. GET /v1/courses tells which there are.",
);

/** Courses as they were built: they are content, and change by a deployment. */
export function addCourseRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get("/v1/courses", needs("courses:read"), (c) =>
    c.json({ items: Object.values(deps.catalogue.courses).map(told) }),
  );
  app.get("/v1/courses/:name", needs("courses:read"), (c) => {
    const course = courseNamed(deps.catalogue, c.req.param("name"));
    return course ? c.json(told(course)) : answerDetails(c, missingCourse);
  });
}

function told({ name, title, summary, window, late, steps }: Course) {
  return {
    name,
    title,
    summary,
    window,
    late,
    steps: steps.map(({ id, title: words, delayDays }) => ({ id, title: words, delayDays })),
  };
}
