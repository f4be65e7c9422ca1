import { Delivery, type DeliveryKey, type Settlement } from "../../core/delivery/delivery.ts";
import { mailEventTypes } from "../../core/delivery/record-event.ts";
import { duePartition } from "../../core/due.ts";
import type { Change, Row, RowKey } from "./table.ts";

/** What a settlement changes in a row. */
export function settled(subscriberId: string, to: Settlement, at: string): Change {
  const { state } = to;
  const settledAt = state === "released" ? undefined : at;
  const reason = "reason" in to ? to.reason : undefined;
  if (state !== "unknown") {
    const messageId = state === "sent" ? to.messageId : undefined;
    return {
      set: { state, settledAt, messageId, reason },
      remove: state === "sent" ? ["due", "dueAt", "reason"] : [],
    };
  }
  return { set: { state, settledAt, reason, due: duePartition("unknown", subscriberId), dueAt: to.dueAt } };
}

/** Since when a row is of nobody: no event is noted on it, and none settles it. */
export const erasedAttribute = "erasedAt";

/** Where the first instant of a type of event is noted. */
export function eventAttribute(type: string): string {
  return `on_${type}`;
}

/** A row as the domain knows it. */
export function toDelivery(row: Row): Delivery {
  const events = mailEventTypes.flatMap((type) => {
    const at = row[eventAttribute(type)];
    return typeof at === "string" ? [[type, at]] : [];
  });
  return Delivery.parse({
    ...row,
    ...keyFrom(row),
    ...(events.length > 0 && { events: Object.fromEntries(events) }),
  });
}

/** Where a delivery is kept. */
export function keyOf({ subscriberId, mailing }: DeliveryKey): RowKey {
  return { pk: `SUB#${subscriberId}`, sk: `MAIL#${mailing}` };
}

/** Whose delivery a row is. */
export function keyFrom(row: Row): DeliveryKey {
  return { subscriberId: row.pk.slice("SUB#".length), mailing: row.sk.slice("MAIL#".length) };
}
