import { Packet } from "../../core/delivery/packet.ts";
import { duePartition } from "../../core/due.ts";
import type { Packets } from "../../core/ports.ts";
import type { Clock } from "../../core/time/clock.ts";
import { systemClock } from "../clock.ts";
import { type Change, dueRows, getRow, getRows, putRow, type Table, updateRow } from "./table.ts";

/** A finished packet is history, kept this long; in real time, as DynamoDB counts it. */
const keptDays = 90;

const noLease = "(attribute_not_exists(#leaseUntil) OR #leaseUntil <= :elapsed)";

/** Packets and their leases. A lease is a number that counts up; every write of a worker names the one it holds. */
export function dynamoPackets(table: Table, { elapsed }: Pick<Clock, "elapsed"> = systemClock): Packets {
  const asHolder = (packet: Packet, change: Change) =>
    updateRow(table, keyOf(packet.id), change, {
      when: "#state = :open AND #lease = :lease",
      values: { open: "open", lease: packet.lease },
    });
  return {
    create: (packet) =>
      putRow(
        table,
        { ...keyOf(packet.id), ...packet, due: duePartition("packet", packet.id) },
        { when: "attribute_not_exists(#pk)" },
      ),
    async load(id) {
      const row = await getRow(table, keyOf(id));
      return row && Packet.parse(row);
    },
    async loadMany(ids) {
      return (await getRows(table, ids.map(keyOf))).map((row) => Packet.parse(row));
    },
    lease: (packet, until, elapsed) =>
      updateRow(
        table,
        keyOf(packet.id),
        { set: { lease: packet.lease + 1, leaseUntil: until } },
        {
          when: `#state = :open AND #lease = :lease AND attribute_not_exists(#calling) AND ${noLease}`,
          values: { open: "open", lease: packet.lease, elapsed },
        },
      ),
    markCalling: (packet, range) => asHolder(packet, { set: { calling: range } }),
    clearAbandoned: (packet, elapsed) =>
      updateRow(
        table,
        keyOf(packet.id),
        { remove: ["calling"] },
        {
          // The mark that was read: a worker that is alive after all may have gone on to its next call.
          when: `#lease = :lease AND #calling.#from = :from AND #calling.#to = :to AND ${noLease}`,
          values: {
            lease: packet.lease,
            from: packet.calling?.from ?? -1,
            to: packet.calling?.to ?? -1,
            elapsed,
          },
        },
      ),
    nameMoved: (packet, movedTo) => asHolder(packet, { set: { movedTo } }),
    finish: (packet, counts) =>
      asHolder(packet, {
        set: { state: "done", counts, expiresAt: Math.floor(elapsed() / 1000) + keptDays * 86_400 },
        remove: ["due", "dueAt", "leaseUntil", "calling"],
      }),
    recount: ({ id, recounts, state }, { tally, counts }) =>
      updateRow(
        table,
        keyOf(id),
        { set: { tally, counts, recounts: (recounts ?? 0) + 1 } },
        {
          when: `#state = :state AND ${recounts === undefined ? "attribute_exists(#pk) AND attribute_not_exists(#recounts)" : "#recounts = :recounts"}`,
          values: { state, ...(recounts !== undefined && { recounts }) },
        },
      ),
    postpone: (packet, dueAt) => asHolder(packet, { set: { dueAt }, remove: ["leaseUntil", "calling"] }),
    async due(now, limit) {
      const rows = await dueRows(table, "packet", now, limit);
      return rows.map((row) => ({
        id: row.pk.slice("PACKET#".length),
        lane: row.lane === "now" ? "now" : "bulk",
        plannedAt: String(row.plannedAt),
        ...(typeof row.notBefore === "string" && { notBefore: row.notBefore }),
        dueAt: String(row.dueAt),
      }));
    },
    rescheduleRing: (packet, dueAt, elapsed) =>
      updateRow(
        table,
        keyOf(packet.id),
        { set: { dueAt } },
        {
          // Later than it stands, not equal to what was read: the index may lag behind the row.
          when: `#state = :open AND #dueAt <= :was AND ${noLease}`,
          values: { open: "open", was: packet.dueAt, elapsed },
        },
      ),
  };
}

function keyOf(id: string) {
  return { pk: `PACKET#${id}`, sk: "PACKET" };
}
