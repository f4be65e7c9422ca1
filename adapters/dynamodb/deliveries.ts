import { Delivery, type DeliveryKey, deliveryKey, type Settlement } from "../../core/delivery/delivery.ts";
import { mailEventTypes } from "../../core/delivery/record-event.ts";
import { duePartition } from "../../core/due.ts";
import type { Deliveries } from "../../core/ports.ts";
import {
  type Change,
  dueRows,
  getRows,
  type Row,
  rowsUnder,
  rowVersion,
  setOnce,
  type Table,
  updateRow,
} from "./table.ts";

/** The ledger. Every transition is conditional on the state and owner that it leaves. */
export function dynamoDeliveries(table: Table): Deliveries {
  return {
    async loadMany(keys) {
      const rows = await getRows(table, keys.map(keyOf));
      return new Map(rows.map((row) => [deliveryKey(keyFrom(row)), toDelivery(row)]));
    },
    claim: ({ owner, attempt, claimedAt, takeOver, ...key }) =>
      updateRow(
        table,
        keyOf(key),
        {
          set: { v: rowVersion, state: "sending", owner, attempt, claimedAt },
          remove: ["reason", "settledAt", "due", "dueAt"],
        },
        takeOver
          ? { when: "#state = :sending AND #owner = :dead", values: { sending: "sending", dead: takeOver } }
          : {
              when: "attribute_not_exists(#pk) OR (#state = :released AND #attempt <= :attempt) OR (#state = :unknown AND #attempt < :attempt)",
              values: { released: "released", unknown: "unknown", attempt },
            },
      ),
    settle: ({ owner, ...key }, to, at) =>
      updateRow(table, keyOf(key), settled(key.subscriberId, to, at), {
        // Late word of the owner that a mail was accepted is evidence, even after others gave it up.
        when:
          to.state === "sent"
            ? "#owner = :owner AND #state IN (:sending, :unknown)"
            : "#owner = :owner AND #state = :sending",
        values: { owner, sending: "sending", ...(to.state === "sent" && { unknown: "unknown" }) },
      }),
    async noteEvent(key, event) {
      const row = await setOnce(table, keyOf(key), { name: eventAttribute(event.type), value: event.at });
      if (row?.state === "sending" || row?.state === "unknown") {
        await updateRow(
          table,
          keyOf(key),
          settled(key.subscriberId, { state: "sent", messageId: event.messageId }, event.at),
          {
            when: "#state IN (:sending, :unknown)",
            values: { sending: "sending", unknown: "unknown" },
          },
        );
      }
      return row !== undefined;
    },
    async history(subscriberId) {
      return (await rowsUnder(table, keyOf({ subscriberId, mailing: "" }))).map(toDelivery);
    },
    async dueUnknown(now, limit) {
      const rows = await dueRows(table, "unknown", now, limit);
      return rows.map((row) => ({ ...keyFrom(row), attempt: Number(row.attempt), dueAt: String(row.dueAt) }));
    },
    leaveUnknown: ({ dueAt, ...key }) =>
      updateRow(
        table,
        keyOf(key),
        { remove: ["due", "dueAt"] },
        {
          when: "#state = :unknown AND #dueAt = :dueAt",
          values: { unknown: "unknown", dueAt },
        },
      ),
  };
}

function settled(subscriberId: string, to: Settlement, at: string): Change {
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

function eventAttribute(type: string): string {
  return `on_${type}`;
}

function toDelivery(row: Row): Delivery {
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

function keyOf({ subscriberId, mailing }: DeliveryKey) {
  return { pk: `SUB#${subscriberId}`, sk: `MAIL#${mailing}` };
}

function keyFrom(row: Row): DeliveryKey {
  return { subscriberId: row.pk.slice("SUB#".length), mailing: row.sk.slice("MAIL#".length) };
}
