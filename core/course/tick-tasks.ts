import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { arrived, rowsOfStep } from "./was-sent.ts";

export interface SetTasksDeps extends FindReaderDeps {
  enrolments: Enrolments;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "courses">;
}

export type SetTasksOutcome =
  | { status: "set" }
  /** This step was not sent to this reader, in the run that they are on. */
  | { status: "not-sent" }
  | Exclude<FoundReader, { status: "found" }>;

/** Keeps which tasks of a step's checklist are ticked; what is no task of it is ignored. The last word stands. */
export async function setTasks(
  deps: SetTasksDeps,
  input: { token: string; course: string; step: string; tasks: string[] },
): Promise<SetTasksOutcome> {
  const found = await findReader(deps, input.token);
  if (found.status !== "found") return found;
  const course = courseNamed(deps.catalogue, input.course);
  const step = course?.steps.find(({ id }) => id === input.step);
  if (!course || !step) return { status: "not-sent" };

  const [enrolment] = await deps.enrolments.loadMany(found.reader.id, [course.name]);
  if (!enrolment) return { status: "not-sent" };
  const { from } = found.reader.lists[course.name] ?? {};
  const rows = await deps.deliveries.loadMany(rowsOfStep(course, enrolment, step.id, from));
  if (![...rows.values()].some(arrived)) return { status: "not-sent" };
  const tasks = step.checklist.map(({ id }) => id).filter((id) => input.tasks.includes(id));
  const set = await deps.enrolments.setTasks(enrolment, step.id, tasks);
  return { status: set ? "set" : "not-sent" };
}
