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

/** The ledger's rows of a step in a run and all before it, the newest first. */
export function rowsInRuns(
  { subscriberId, course, run }: Pick<Enrolment, "subscriberId" | "course" | "run">,
  step: string,
): DeliveryKey[] {
  return Array.from({ length: run }, (_, back) => ({
    subscriberId,
    mailing: mailingId({ kind: "course", course, run: run - back, step }),
  }));
}
