import { type Catalogue, courseNamed } from "../catalogue.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";

export interface MarkDoneDeps extends FindReaderDeps {
  enrolments: Enrolments;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "courses">;
}

export type MarkDoneOutcome =
  | { status: "marked" }
  /** This step was not sent to this reader, in the run that they are on. */
  | { status: "not-sent" }
  | Exclude<FoundReader, { status: "found" }>;

/** The learner has done a step. Twice is harmless: the first instant stands. */
export async function markDone(
  deps: MarkDoneDeps,
  input: { token: string; course: string; step: string },
): Promise<MarkDoneOutcome> {
  const found = await findReader(deps, input.token);
  if (found.status !== "found") return found;
  const course = courseNamed(deps.catalogue, input.course);
  const step = course?.steps.find(({ id }) => id === input.step)?.id;
  if (!course || !step) return { status: "not-sent" };

  const [enrolment] = await deps.enrolments.loadMany(found.reader.id, [course.name]);
  if (!enrolment) return { status: "not-sent" };
  const { subscriberId, run } = enrolment;
  const mailing = mailingId({ kind: "course", course: course.name, run, step });
  const [delivery] = (await deps.deliveries.loadMany([{ subscriberId, mailing }])).values();
  // Of an outcome that is unknown the reader knows better: who has done the step has the mail.
  const hasIt = delivery?.state === "sent" || delivery?.state === "unknown";
  const marked = hasIt && (await deps.enrolments.noteDone(enrolment, step, deps.clock.now()));
  return { status: marked ? "marked" : "not-sent" };
}
