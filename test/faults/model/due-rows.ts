import { type DueKind, duePartition, duePartitions } from "../../../core/due.ts";
import type { Instant } from "../../../core/time/instant.ts";

/**
 * The rows that are due at `now`, as the due index lists them: shard by shard, the oldest first in each, and of each
 * as many as its share of `limit`. `idOf` tells by what a row finds its shard.
 */
export function dueRows<Row extends { dueAt?: Instant | undefined }>(
  kind: DueKind,
  rows: Iterable<Row>,
  idOf: (row: Row) => string,
  now: Instant,
  limit: number,
): (Row & { dueAt: Instant })[] {
  const due = [...rows]
    .filter((row): row is Row & { dueAt: Instant } => row.dueAt !== undefined && row.dueAt <= now)
    .toSorted((one, other) => Number(one.dueAt > other.dueAt) - Number(one.dueAt < other.dueAt));
  const shards = duePartitions(kind);
  const share = Math.ceil(limit / shards.length);
  return shards.flatMap((shard) =>
    due.filter((row) => duePartition(kind, idOf(row)) === shard).slice(0, share),
  );
}
