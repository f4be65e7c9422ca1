import type { Course, Step } from "../catalogue.ts";
import { type Delivery, type DeliveryKey, deliveryKey } from "../delivery/delivery.ts";
import type { Instant } from "../time/instant.ts";
import type { Enrolment } from "./enrolment.ts";
import { arrived, rowsOfStep } from "./was-sent.ts";

/**
 * Where a learner stands with a step. `next` goes next or is just going out; `unknown` may have arrived;
 * `failed` was not sent and will not be by itself.
 */
export type StepState = "done" | "sent" | "next" | "later" | "unknown" | "failed";

export interface StepStanding {
  step: Step;
  state: StepState;
  sentAt?: Instant;
  doneAt?: Instant;
}

/**
 * The standing of each step of a course, from the ledger: the enrolment is a plan, and tells only which step
 * goes next and what the learner has marked. `from` is the step that the run was started again at, if it was: from there
 * on a mark of an earlier run counts once the step has come again.
 */
export function stepStandings(
  course: Course,
  enrolment: Enrolment | undefined,
  ledger: ReadonlyMap<string, Delivery>,
  from?: string,
): StepStanding[] {
  const start = course.steps.findIndex(({ id }) => id === from);
  let waiting = enrolment === undefined || enrolment.state !== "stopped";
  return course.steps.map((step, position): StepStanding => {
    const row = enrolment && rowOf(rowsOfStep(course, enrolment, step.id, from), ledger);
    const isAhead = from !== undefined && position >= start && stateOf(row) === undefined;
    const doneAt = isAhead ? undefined : enrolment?.done?.[step.id];
    const state = doneAt ? "done" : stateOf(row);
    const sentAt = row?.state === "sent" || row?.state === "unknown" ? row.settledAt : undefined;
    const standing = { step, ...(sentAt && { sentAt }), ...(doneAt && { doneAt }) };
    if (state) return { ...standing, state };
    if (position < start) return { ...standing, state: "failed" };
    const next = waiting;
    waiting = false;
    return { ...standing, state: next ? "next" : "later" };
  });
}

/** Of the rows in which it may stand, newest first, the one in which it came. */
function rowOf(keys: DeliveryKey[], ledger: ReadonlyMap<string, Delivery>): Delivery | undefined {
  const rows = keys.flatMap((key) => ledger.get(deliveryKey(key)) ?? []);
  return rows.find(arrived) ?? rows[0];
}

function stateOf(row: Delivery | undefined): StepState | undefined {
  switch (row?.state) {
    case "sent":
    case "unknown":
    case "failed":
      return row.state;
    case "skipped":
      return "failed";
    default:
      return undefined;
  }
}
