import { type DueKind, duePartition } from "../../core/due.ts";

/** Ids whose rows stand in one shard of the due index, where alone there is an order. */
export function idsOfOneShard(kind: DueKind, prefix: string, count: number): string[] {
  const ids = Array.from({ length: count * 20 }, (_, n) => `${prefix}${n}`);
  const shard = duePartition(kind, ids[0] ?? prefix);
  const there = ids.filter((id) => duePartition(kind, id) === shard).slice(0, count);
  if (there.length < count) throw new Error("Too few ids of one shard");
  return there;
}
