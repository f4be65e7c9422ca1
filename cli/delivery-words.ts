import type { Delivery } from "../core/delivery/delivery.ts";
import { sinceOf } from "../core/delivery/list-deliveries.ts";
import { indented } from "./wrap.ts";

/** A delivery on two or three lines: what it is, and what became of it. */
export function showDelivery(row: Delivery, columns: number): string[] {
  const { subscriberId, mailing, state } = row;
  return [
    `${state.padEnd(9)}${mailing}`,
    ...indented(`${subscriberId} since ${shortInstant(sinceOf(row))}, ${becameOf(row)}`, 9, columns),
  ];
}

/** Reason, attempt and events of a delivery. */
export function becameOf({ reason, attempt, events = {}, dueAt }: Delivery): string {
  const seen = Object.entries(events).toSorted(([, one], [, other]) => one.localeCompare(other));
  return [
    ...(reason ? [`reason ${reason}`] : []),
    `attempt ${attempt}`,
    seen.length === 0
      ? "no events"
      : `events: ${seen.map(([type, at]) => `${type} ${shortInstant(at)}`).join(", ")}`,
    ...(dueAt ? [`events have until ${shortInstant(dueAt)} to tell`] : []),
  ].join(", ");
}

/** An instant to the minute, in UTC. */
export function shortInstant(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)}Z`;
}
