import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import type { Instant } from "../time/instant.ts";
import { hasten } from "./hasten.ts";
import { nextStepAt } from "./next-step-at.ts";
import { arrived, rowsOfStep } from "./was-sent.ts";

export interface MarkDoneDeps extends FindReaderDeps {
  enrolments: Enrolments;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "courses">;
}

export type MarkDoneOutcome =
  /** `next` is when the next step comes, as far as that is known. */
  | { status: "marked"; next?: Instant }
  /** This step was not sent to this reader, in the run that they are on. */
  | { status: "not-sent" }
  | Exclude<FoundReader, { status: "found" }>;

/**
 * The learner has done a step and, if they want the next one `sooner`, it comes on the next day already. Twice is
 * harmless: the first instant stands, and what was hastened is not hastened again.
 */
export async function markDone(
  deps: MarkDoneDeps,
  input: { token: string; course: string; step: string; sooner?: boolean },
): Promise<MarkDoneOutcome> {
  const found = await findReader(deps, input.token);
  if (found.status !== "found") return found;
  const course = courseNamed(deps.catalogue, input.course);
  const step = course?.steps.find(({ id }) => id === input.step)?.id;
  if (!course || !step) return { status: "not-sent" };

  const [enrolment] = await deps.enrolments.loadMany(found.reader.id, [course.name]);
  if (!enrolment) return { status: "not-sent" };
  const { from } = found.reader.lists[course.name] ?? {};
  const rows = await deps.deliveries.loadMany(rowsOfStep(course, enrolment, step, from));
  const marked =
    [...rows.values()].some(arrived) && (await deps.enrolments.noteDone(enrolment, step, deps.clock.now()));
  if (!marked) return { status: "not-sent" };
  if (input.sooner) await hasten(deps, course, found.reader, step);
  const next = await nextStepAt(deps, course, found.reader);
  return { status: "marked", ...(next !== undefined && { next }) };
}
