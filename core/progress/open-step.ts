import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { StepStanding } from "../course/step-states.ts";
import { arrived, rowsOfStep } from "../course/was-sent.ts";
import { type Delivery, deliveryKey } from "../delivery/delivery.ts";
import { parseMailing } from "../delivery/mailing.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type CourseProgress, courseProgress } from "./course-progress.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "./find-reader.ts";
import { type ReadAgain, readAgain } from "./read-again.ts";

export interface OpenStepDeps extends FindReaderDeps {
  enrolments: Enrolments;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "courses" | "readings">;
  publicUrl: string;
}

export type OpenStepOutcome =
  | {
      status: "open";
      reader: Subscriber;
      progress: CourseProgress;
      standing: StepStanding;
      mail: ReadAgain;
      /** Tasks that are ticked. */
      ticked: string[];
      /** Whether it belongs to the run that the reader is on: only then may it be ticked and marked. */
      isCurrent: boolean;
    }
  | { status: "no-step" }
  /** Not sent to this reader yet, in any run. */
  | { status: "not-sent" }
  | Exclude<FoundReader, { status: "found" }>;

/** A step that was sent to a reader, now or in an earlier run of the course: its mail to read again, and what is ticked. */
export async function openStep(
  deps: OpenStepDeps,
  input: { token: string; course: string; step: string },
): Promise<OpenStepOutcome> {
  const found = await findReader(deps, input.token);
  if (found.status !== "found") return found;
  const { reader } = found;
  const course = courseNamed(deps.catalogue, input.course);
  const step = course?.steps.find(({ id }) => id === input.step);
  if (!course || !step) return { status: "no-step" };

  const [[enrolment], history] = await Promise.all([
    deps.enrolments.loadMany(reader.id, [course.name]),
    deps.deliveries.history(reader.id),
  ]);
  if (!enrolment || !wasSent(history, { course: course.name, step: step.id })) return { status: "not-sent" };
  const ledger = new Map(history.map((delivery) => [deliveryKey(delivery), delivery]));
  const progress = courseProgress(course, { reader, enrolment, ledger }, deps.clock.now());
  const standing = progress.steps.find((candidate) => candidate.step.id === step.id) ?? {
    step,
    state: "sent",
  };
  const membership = reader.lists[course.name];
  return {
    status: "open",
    reader,
    progress,
    standing,
    mail: readAgain(deps, { reader, token: input.token, course: course.name, step: step.id }),
    ticked: enrolment.tasks?.[step.id] ?? [],
    isCurrent:
      membership?.state === "joined" &&
      membership.run === enrolment.run &&
      rowsOfStep(course, enrolment, step.id, membership.from).some((key) =>
        arrived(ledger.get(deliveryKey(key))),
      ),
  };
}

/** Whether a step came to the reader in any run, or may have come. */
function wasSent(history: Delivery[], wanted: { course: string; step: string }): boolean {
  return history.filter(arrived).some(({ mailing }) => {
    const sent = parseMailing(mailing);
    return sent?.kind === "course" && sent.course === wanted.course && sent.step === wanted.step;
  });
}
