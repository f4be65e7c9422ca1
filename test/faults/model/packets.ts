import type { Packet } from "../../../core/delivery/packet.ts";
import type { Packets } from "../../../core/ports.ts";
import { dueRows } from "./due-rows.ts";
import type { SyncPort } from "./sync-port.ts";

/** Packets and their leases, under the conditions of their rows. */
export function modelPackets(rows: Map<string, Packet>): SyncPort<Packets> {
  const change = (id: string, when: (row: Packet) => boolean, to: (row: Packet) => Packet) => {
    const row = rows.get(id);
    if (!row || !when(row)) return false;
    rows.set(id, to(row));
    return true;
  };
  const asHolder = (packet: Packet, to: (row: Packet) => Packet) =>
    change(packet.id, (row) => row.state === "open" && row.lease === packet.lease, to);
  const isFree = (row: Packet, elapsed: number) => row.leaseUntil === undefined || row.leaseUntil <= elapsed;
  return {
    create(packet) {
      if (rows.has(packet.id)) return false;
      rows.set(packet.id, packet);
      return true;
    },
    load: (id) => rows.get(id),
    loadMany: (ids) => [...new Set(ids)].flatMap((id) => rows.get(id) ?? []),
    lease: (packet, until, elapsed) =>
      change(
        packet.id,
        (row) => row.state === "open" && row.lease === packet.lease && !row.calling && isFree(row, elapsed),
        (row) => ({ ...row, lease: row.lease + 1, leaseUntil: until }),
      ),
    markCalling: (packet, calling) => asHolder(packet, (row) => ({ ...row, calling })),
    clearAbandoned: (packet, elapsed) =>
      change(
        packet.id,
        (row) =>
          row.lease === packet.lease &&
          row.calling !== undefined &&
          JSON.stringify(row.calling) === JSON.stringify(packet.calling) &&
          isFree(row, elapsed),
        ({ calling: _, ...row }) => row,
      ),
    nameMoved: (packet, movedTo) => asHolder(packet, (row) => ({ ...row, movedTo })),
    finish: (packet, counts) =>
      asHolder(packet, ({ dueAt: _d, leaseUntil: _l, calling: _c, ...row }) => ({
        ...row,
        state: "done",
        counts,
      })),
    recount({ id, recounts, state }, { tally, counts }) {
      const row = rows.get(id);
      if (!row || row.recounts !== recounts || row.state !== state) return false;
      rows.set(id, {
        ...row,
        ...(tally && { tally }),
        ...(counts && { counts }),
        recounts: (recounts ?? 0) + 1,
      });
      return true;
    },
    postpone: (packet, dueAt) =>
      asHolder(packet, ({ leaseUntil: _l, calling: _c, ...row }) => ({ ...row, dueAt })),
    due: (now, limit) =>
      dueRows("packet", rows.values(), (row) => row.id, now, limit).map(
        ({ id, lane, plannedAt, notBefore, dueAt }) => ({
          id,
          lane,
          plannedAt,
          ...(notBefore !== undefined && { notBefore }),
          dueAt,
        }),
      ),
    rescheduleRing: ({ id, dueAt: was = "" }, dueAt, elapsed) =>
      change(
        id,
        (row) => row.state === "open" && row.dueAt !== undefined && row.dueAt <= was && isFree(row, elapsed),
        (row) => ({ ...row, dueAt }),
      ),
  };
}
