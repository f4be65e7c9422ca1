import type { Course, Step } from "../catalogue.ts";
import { type Delivery, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Instant } from "../time/instant.ts";
import type { Enrolment } from "./enrolment.ts";

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
 * goes next and what the learner has marked.
 */
export function stepStandings(
  course: Course,
  enrolment: Enrolment | undefined,
  ledger: ReadonlyMap<string, Delivery>,
): StepStanding[] {
  let waiting = enrolment === undefined || enrolment.state !== "stopped";
  return course.steps.map((step): StepStanding => {
    const row = enrolment && ledger.get(stepKey(enrolment, step.id));
    const doneAt = enrolment?.done?.[step.id];
    const state = doneAt ? "done" : stateOf(row);
    const sentAt = row?.state === "sent" || row?.state === "unknown" ? row.settledAt : undefined;
    const standing = { step, ...(sentAt && { sentAt }), ...(doneAt && { doneAt }) };
    if (state) return { ...standing, state };
    const next = waiting;
    waiting = false;
    return { ...standing, state: next ? "next" : "later" };
  });
}

function stepKey({ subscriberId, course, run }: Enrolment, step: string): string {
  return deliveryKey({ subscriberId, mailing: mailingId({ kind: "course", course, run, step }) });
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
