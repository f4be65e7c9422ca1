import { createHash } from "node:crypto";

/**
 * What can be due: a task of a subscriber, a step of a course, a nudge, a reader's next digest, a date to be reminded
 * of, a campaign whose audience is being frozen, a feed to be polled, an open packet, a delivery of unknown outcome.
 */
export const dueKinds = [
  "subscriber",
  "course",
  "nudge",
  "digest",
  "deadline",
  "campaign",
  "feed",
  "packet",
  "unknown",
] as const;
export type DueKind = (typeof dueKinds)[number];

const shards = 4;

/** Partition of the due index in which a row of this kind and id stands. */
export function duePartition(kind: DueKind, id: string): string {
  const shard = (createHash("sha256").update(id).digest()[0] ?? 0) % shards;
  return `due#${kind}#${shard}`;
}

/** All partitions of a kind. */
export function duePartitions(kind: DueKind): string[] {
  return Array.from({ length: shards }, (_, shard) => `due#${kind}#${shard}`);
}
