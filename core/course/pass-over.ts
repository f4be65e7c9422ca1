import type { Course } from "../catalogue.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { Reader } from "../rhythm/rhythm.ts";
import type { Instant } from "../time/instant.ts";
import { stepAfter, stepDue } from "./plan.ts";

/** A step that has gone out already, in this run: no packet, and on to the next one; without `next` the course is finished. */
export interface PassOver {
  do: "pass";
  step: string;
  next?: { step: string; dueAt: Instant };
}

/**
 * Goes on behind a step that the plan still names though the ledger has it, reckoned from when it was settled: a change
 * of rhythm came between its packet and the move, or dispatch died there. Undefined if it did not go, or was given back.
 */
export function passOver(
  course: Course,
  step: string,
  reader: Reader,
  row: Delivery | undefined,
): PassOver | undefined {
  if (!row || row.state === "released") return undefined;
  const next = stepAfter(course, step);
  if (!next) return { do: "pass", step };
  const { at } = stepDue(course, next, reader, row.settledAt ?? row.claimedAt);
  return { do: "pass", step, next: { step: next.id, dueAt: at } };
}
