import type { Course, Step } from "../catalogue.ts";
import type { Enrolment } from "../course/enrolment.ts";
import { type Delivery, type DeliveryKey, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Reader } from "../rhythm/rhythm.ts";
import type { Instant } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";
import { nudgeDays } from "./nudge.ts";

/** A step that came and is not done, and from when on it has been open for long. */
export interface OpenStep {
  step: Step;
  longAt: Instant;
}

/** Steps of this run with something to do that came and are not marked as done, in the order of the course. */
export function openSteps(
  course: Course,
  { subscriberId, run, done }: Pick<Enrolment, "subscriberId" | "run" | "done">,
  reader: Reader,
  ledger: ReadonlyMap<string, Delivery>,
): OpenStep[] {
  return stepsToDo(course).flatMap((step) => {
    const mailing = mailingId({ kind: "course", course: course.name, run, step: step.id });
    const row = ledger.get(deliveryKey({ subscriberId, mailing }));
    if (done?.[step.id] !== undefined || (row?.state !== "sent" && row?.state !== "unknown")) return [];
    return [{ step, longAt: startOfDayAfter(row.settledAt ?? row.claimedAt, reader.zone, nudgeDays) }];
  });
}

/** A welcome and a farewell are only read, whatever they have to tick, unless there is nothing else. */
export function stepsToDo({ steps }: Course): Step[] {
  const numbered = steps.filter(({ number }) => number !== undefined);
  return numbered.length > 0 ? numbered : steps;
}

/** The ledger's rows that tell of a run: of each step of the course, and of the one enqueued last. */
export function rowsOfRun(
  course: Course,
  { subscriberId, run, previous }: Pick<Enrolment, "subscriberId" | "run" | "previous">,
): DeliveryKey[] {
  const steps = new Set([...course.steps.map(({ id }) => id), ...(previous === undefined ? [] : [previous])]);
  return [...steps].map((step) => ({
    subscriberId,
    mailing: mailingId({ kind: "course", course: course.name, run, step }),
  }));
}
