import type { Instant } from "../../../core/time/instant.ts";

/** The rows that are due at `now`, oldest first, as the due index would list them. */
export function dueRows<Row extends { dueAt?: Instant | undefined }>(
  rows: Iterable<Row>,
  now: Instant,
  limit: number,
): (Row & { dueAt: Instant })[] {
  return [...rows]
    .filter((row): row is Row & { dueAt: Instant } => row.dueAt !== undefined && row.dueAt <= now)
    .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
    .slice(0, limit);
}
