import { standingOf } from "../../../core/delivery/claim.ts";
import { type Delivery, deliveryKey, type Settlement } from "../../../core/delivery/delivery.ts";
import type { Deliveries } from "../../../core/ports.ts";
import { dueRows } from "./due-rows.ts";
import type { SyncPort } from "./sync-port.ts";

/** Told of each transition at the instant at which it is committed. */
export type WatchLedger = (row: Delivery, was: Delivery | undefined) => void;

/** The ledger: every transition on the state and the owner that it leaves. */
export function modelDeliveries(
  rows: Map<string, Delivery>,
  watch: WatchLedger = () => {},
): SyncPort<Deliveries> {
  const put = (row: Delivery) => {
    const was = rows.get(deliveryKey(row));
    rows.set(deliveryKey(row), row);
    watch(row, was);
    return true;
  };
  return {
    loadMany: (keys) => {
      const found = keys.flatMap((key) => rows.get(deliveryKey(key)) ?? []);
      return new Map(found.map((row) => [deliveryKey(row), row]));
    },
    claimMany(claim, subscriberIds) {
      const held: string[] = [];
      const others: Delivery[] = [];
      for (const subscriberId of new Set(subscriberIds)) {
        const row = rows.get(deliveryKey({ subscriberId, mailing: claim.mailing }));
        const standing = row ? standingOf(row, claim) : "free";
        if (standing === "free") put({ ...kept(row), subscriberId, ...claim, state: "sending" });
        if (row && standing === "taken") others.push(row);
        else held.push(subscriberId);
      }
      return { held, others };
    },
    settleMany: ({ mailing, owner }, settlements, at) =>
      settlements.map(([subscriberId, to]) => {
        const row = rows.get(deliveryKey({ subscriberId, mailing }));
        const open = row?.state === "sending" || (to.state === "sent" && row?.state === "unknown");
        return row !== undefined && open && row.owner === owner && put(settled(row, to, at));
      }),
    noteEvent(key, { type, at, messageId, acceptedAt = at }) {
      const row = rows.get(deliveryKey(key));
      if (!row) return false;
      const known = row.events?.[type];
      const noted = { ...row, events: { ...row.events, [type]: known && known < at ? known : at } };
      const proves = row.state === "sending" || row.state === "unknown" || row.state === "released";
      const proved = row.proved || row.state === "unknown" ? ({ proved: true } as const) : {};
      put({ ...(proves ? settled(noted, { state: "sent", messageId }, acceptedAt) : noted), ...proved });
      return proved.proved ? "proved" : "noted";
    },
    history: (subscriberId) => [...rows.values()].filter((row) => row.subscriberId === subscriberId),
    dueUnknown: (now, limit) =>
      dueRows("unknown", rows.values(), (row) => row.subscriberId, now, limit).map(
        ({ subscriberId, mailing, attempt, dueAt }) => ({
          subscriberId,
          mailing,
          attempt,
          dueAt,
        }),
      ),
    leaveUnknown(key) {
      const row = rows.get(deliveryKey(key));
      if (row?.state !== "unknown" || row.dueAt !== key.dueAt) return false;
      const { dueAt: _, ...rest } = row;
      return put(rest);
    },
  };
}

/** What a new claim leaves of the row as it was. */
function kept(row: Delivery | undefined) {
  if (!row) return {};
  const { reason: _r, settledAt: _s, dueAt: _d, ...rest } = row;
  return rest;
}

function settled({ dueAt, reason, ...row }: Delivery, to: Settlement, at: string): Delivery {
  const before = to.state === "sent" ? {} : { ...(reason && { reason }), ...(dueAt && { dueAt }) };
  return { ...row, ...before, ...to, ...(to.state !== "released" && { settledAt: at }) };
}
