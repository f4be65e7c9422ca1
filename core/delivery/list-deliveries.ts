import type { Deliveries } from "../ports.ts";
import { type Delivery, type DeliveryKey, deliveryKey } from "./delivery.ts";
import type { Ledger, LedgerCost, LedgerQuery } from "./ledger-ports.ts";
import { chunksOf } from "./open-packets.ts";

export interface ListDeliveriesDeps {
  deliveries: Pick<Deliveries, "loadMany" | "history">;
  ledger: Ledger;
  /** Hears how far the search has come. */
  onCost(cost: LedgerCost): void;
}

/** Rows of the ledger, and whether there are more than were asked for. */
export interface ListedDeliveries {
  deliveries: Delivery[];
  more: boolean;
}

const keysAtOnce = 100;

/** Deliveries in some states: of one person by a single query, of all by reading the whole table. */
export async function listDeliveries(
  deps: ListDeliveriesDeps,
  { subscriberId, limit, ...query }: LedgerQuery & { subscriberId?: string; limit: number },
): Promise<ListedDeliveries> {
  if (subscriberId !== undefined) {
    const rows = (await deps.deliveries.history(subscriberId)).filter((row) => isWanted(row, query));
    return firstOf(rows, limit);
  }
  const rows: Delivery[] = [];
  for await (const { keys, cost } of deps.ledger.find(query)) {
    deps.onCost(cost);
    for (const chunk of chunksOf(keys, keysAtOnce)) {
      // The search may lag behind; the rows themselves are read as they stand.
      const found = await loadAll(deps, chunk);
      rows.push(...found.filter((row) => isWanted(row, query)));
      if (rows.length > limit) return firstOf(rows, limit);
    }
  }
  return firstOf(rows, limit);
}

async function loadAll({ deliveries }: ListDeliveriesDeps, keys: DeliveryKey[]): Promise<Delivery[]> {
  const rows = await deliveries.loadMany(keys);
  return keys.flatMap((key) => rows.get(deliveryKey(key)) ?? []);
}

function isWanted(row: Delivery, { states, mailing }: LedgerQuery): boolean {
  return states.includes(row.state) && (mailing === undefined || row.mailing === mailing);
}

function firstOf(rows: Delivery[], limit: number): ListedDeliveries {
  const sorted = rows.toSorted((one, other) => sinceOf(one).localeCompare(sinceOf(other)));
  return { deliveries: sorted.slice(0, limit), more: rows.length > limit };
}

/** Since when a delivery is in its state. */
export function sinceOf({ settledAt, claimedAt }: Pick<Delivery, "settledAt" | "claimedAt">): string {
  return settledAt ?? claimedAt;
}
