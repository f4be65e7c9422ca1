import { type Delivery, type DeliveryKey, deliveryKey } from "../../core/delivery/delivery.ts";
import type { Deliveries, DeliveryPages } from "../../core/ports.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { erasedAttribute, eventAttribute, keyFrom, keyOf, settled, toDelivery } from "./delivery-row.ts";
import { pageOf } from "./page-of.ts";
import { executeStatements, updateOf } from "./statements.ts";
import { type Change, dueRows, getRows, rowsUnder, setLeast, type Table, updateRow } from "./table.ts";

/** The ledger. Every transition is conditional on the state and owner that it leaves. */
export function dynamoDeliveries(table: Table): Deliveries & DeliveryPages {
  async function loadMany(keys: DeliveryKey[]): Promise<Map<string, Delivery>> {
    const rows = await getRows(table, keys.map(keyOf));
    return new Map(rows.map((row) => [deliveryKey(keyFrom(row)), toDelivery(row)]));
  }

  return {
    loadMany,
    claimMany: (claim, subscriberIds) => claimDeliveries(table, loadMany, claim, subscriberIds),
    settleMany: ({ mailing, owner }, settlements, at) =>
      executeStatements(
        table,
        settlements.map(([subscriberId, to]) =>
          updateOf(table, keyOf({ subscriberId, mailing }), settled(subscriberId, to, at), {
            owner,
            // Late word of the owner that a mail was accepted is evidence, even after others gave it up.
            state: to.state === "sent" ? ["sending", "unknown"] : "sending",
          }),
        ),
      ),
    async noteEvent(key, event) {
      const attribute = { name: eventAttribute(event.type), value: event.at };
      const row = await setLeast(table, keyOf(key), attribute, erasedAttribute);
      if (!row) return false;
      if (row[erasedAttribute] !== undefined) return "noted";
      if (row.state === "sending" || row.state === "unknown" || row.state === "released") {
        await updateRow(table, keyOf(key), provedBy(key.subscriberId, event, row.state === "unknown"), {
          // A released one, too: the second attempt was given back when word of the first comes late.
          when: `#state IN (:sending, :unknown, :released) AND attribute_not_exists(#${erasedAttribute})`,
          values: { sending: "sending", unknown: "unknown", released: "released" },
        });
      }
      return row.proved || row.state === "unknown" ? "proved" : "noted";
    },
    async history(subscriberId) {
      return (await rowsUnder(table, keyOf({ subscriberId, mailing: "" }))).map(toDelivery);
    },
    async pageOf(subscriberId, cursor, limit) {
      const { pk, sk } = keyOf({ subscriberId, mailing: "" });
      const after = cursor === undefined ? undefined : `${sk}${cursor}`;
      const { rows, last } = await pageOf(table, { pk, sk }, { after, limit });
      return {
        deliveries: rows.map(toDelivery),
        ...(last !== undefined && { cursor: last.slice(sk.length) }),
      };
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

/** What an event changes that proves that a mail was accepted. */
function provedBy(
  subscriberId: string,
  { messageId, at, acceptedAt = at }: Parameters<Deliveries["noteEvent"]>[1],
  wasUnknown: boolean,
): Change {
  const change = settled(subscriberId, { state: "sent", messageId }, acceptedAt);
  return { ...change, set: { ...change.set, ...(wasUnknown && { proved: true }) } };
}
