import { putRow, type Table } from "../../adapters/dynamodb/table.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { duePartition } from "../../core/due.ts";

/** A delivery of the first step to `sub_1`, of unknown outcome; `changes` replaces what a test is about. */
export function delivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    subscriberId: "sub_1",
    mailing: "course_records_run-1_welcome",
    state: "unknown",
    owner: "pkt_1.1",
    attempt: 1,
    claimedAt: "2027-03-01T12:00:00.000Z",
    settledAt: "2027-03-01T12:00:01.000Z",
    reason: "timeout",
    ...changes,
  };
}

/** Writes a row of the ledger as it is given, in the due index where it has a `dueAt`. */
export async function putDelivery(table: Table, row: Delivery): Promise<void> {
  const { subscriberId, mailing, events = {}, ...rest } = row;
  await putRow(table, {
    pk: `SUB#${subscriberId}`,
    sk: `MAIL#${mailing}`,
    ...rest,
    ...Object.fromEntries(Object.entries(events).map(([type, at]) => [`on_${type}`, at])),
    ...(rest.dueAt && { due: duePartition("unknown", subscriberId) }),
  });
}
