import type { Course } from "../catalogue.ts";
import type { Delivery, DeliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Enrolment } from "./enrolment.ts";

/** Who has it, as far as the ledger can tell: of an outcome that is unknown the reader knows better. */
export function arrived(row: Delivery | undefined): row is Delivery {
  return row?.state === "sent" || row?.state === "unknown";
}

/**
 * The ledger's rows that tell whether a reader has a step: the one of this run and, before the step that the course was
 * started again at, those of the runs before.
 */
export function rowsOfStep(
  course: Course,
  { subscriberId, run }: Pick<Enrolment, "subscriberId" | "run">,
  step: string,
  from: string | undefined,
): DeliveryKey[] {
  const ids = course.steps.map(({ id }) => id);
  const isBefore = from !== undefined && ids.indexOf(step) < ids.indexOf(from);
  const rows = rowsInRuns({ subscriberId, course: course.name, run }, step);
  return isBefore ? rows : rows.slice(0, 1);
}

/**
 * So many runs are looked back on. Each restart adds one to what every later look reads; twenty are four days of nothing
 * but restarts, and what is done in an older one is kept on the enrolment.
 */
const mostRuns = 20;

/** The ledger's rows of a step in a run and those before it, the newest first. */
export function rowsInRuns(
  { subscriberId, course, run }: Pick<Enrolment, "subscriberId" | "course" | "run">,
  step: string,
): DeliveryKey[] {
  return Array.from({ length: Math.min(run, mostRuns) }, (_, back) => ({
    subscriberId,
    mailing: mailingId({ kind: "course", course, run: run - back, step }),
  }));
}
