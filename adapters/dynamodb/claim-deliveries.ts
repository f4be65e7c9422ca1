import { type Claim, type Claims, standingOf } from "../../core/delivery/claim.ts";
import { type Delivery, deliveryKey } from "../../core/delivery/delivery.ts";
import { AppError } from "../../core/errors.ts";
import type { Deliveries } from "../../core/ports.ts";
import { keyOf } from "./delivery-row.ts";
import { executeStatements, insertOf, type Statement, updateOf } from "./statements.ts";
import { rowVersion, type Table } from "./table.ts";

/** The first inserts, the next takes what was read; more are needed only while others change the same rows. */
const mostRounds = 6;

/**
 * Claims by one INSERT each. Whom it is refused for is read: the row may be this very claim's, carried out by a call
 * whose answer was lost, or free, and then taken by an UPDATE on condition of what was read.
 */
export async function claimDeliveries(
  table: Table,
  loadMany: Deliveries["loadMany"],
  claim: Claim,
  subscriberIds: string[],
): Promise<Claims> {
  const { mailing } = claim;
  const held = new Set<string>();
  const others: Delivery[] = [];
  let open = new Map<string, Delivery | undefined>(subscriberIds.map((id) => [id, undefined]));
  for (let round = 0; open.size > 0; round++) {
    if (round === mostRounds)
      throw new AppError(
        "unavailable",
        "delivery.contended",
        `Deliveries of ${mailing} change as they are read`,
      );
    const statements = [...open].map(([id, row]) => claimOf(table, claim, id, row));
    const carriedOut = await executeStatements(table, statements);
    const lost: string[] = [];
    [...open.keys()].forEach((id, index) => {
      if (carriedOut[index]) held.add(id);
      else lost.push(id);
    });
    const rows = await loadMany(lost.map((subscriberId) => ({ subscriberId, mailing })));
    open = new Map();
    for (const id of lost) {
      const row = rows.get(deliveryKey({ subscriberId: id, mailing }));
      const standing = row ? standingOf(row, claim) : "free";
      if (standing === "free") open.set(id, row);
      else if (standing === "held") held.add(id);
      else if (row) others.push(row);
    }
  }
  // In the order that was asked, whichever round each was won in.
  return { held: [...new Set(subscriberIds)].filter((id) => held.has(id)), others };
}

/** Claims where there is no row; or takes the row that was read, as long as it is still as it was. */
function claimOf(table: Table, claim: Claim, subscriberId: string, row: Delivery | undefined): Statement {
  const { mailing, owner, attempt, claimedAt } = claim;
  const key = keyOf({ subscriberId, mailing });
  const set = { v: rowVersion, state: "sending", owner, attempt, claimedAt };
  if (!row) return insertOf(table, { ...key, ...set });
  return updateOf(
    table,
    key,
    { set, remove: ["reason", "settledAt", "due", "dueAt"] },
    { state: row.state, owner: row.owner, attempt: row.attempt },
  );
}
