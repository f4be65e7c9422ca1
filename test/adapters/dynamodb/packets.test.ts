import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoPackets } from "../../../adapters/dynamodb/packets.ts";
import { getRow, type Table } from "../../../adapters/dynamodb/table.ts";
import type { Packet } from "../../../core/delivery/packet.ts";
import type { Packets } from "../../../core/ports.ts";
import { startTable } from "../../helpers/table.ts";

let packets: Packets;
let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  packets = dynamoPackets(started.table, { elapsed: () => 1_800_000_000_000 });
  table = started.table;
  stop = started.stop;
});
afterAll(() => stop());

const dueAt = "2027-03-01T09:00:00.000Z";
let count = 0;

async function open(changes: Partial<Packet> = {}): Promise<Packet> {
  const packet: Packet = {
    id: `pkt_${++count}`,
    mailing: "course_records_run-1_school",
    recipients: ["sub_1", "sub_2"],
    lane: "bulk",
    attempt: 1,
    state: "open",
    plannedAt: dueAt,
    dueAt,
    lease: 0,
    ...changes,
  };
  await packets.create(packet);
  return packet;
}

/** The packet as its holder sees it, leased until 100 on the real clock. */
async function leased(): Promise<Packet> {
  const packet = await open();
  await packets.lease(packet, 100, 0);
  return { ...packet, lease: 1, leaseUntil: 100 };
}

describe("a packet's lease", () => {
  it("is taken by one of many", async () => {
    const packet = await open();
    const taken = await Promise.all(Array.from({ length: 10 }, () => packets.lease(packet, 100, 0)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await packets.load(packet.id)).toMatchObject({ lease: 1, leaseUntil: 100 });
  });

  it("is not taken while it lives, and is when it has run out", async () => {
    const held = await leased();
    expect(await packets.lease(held, 200, 99)).toBe(false);
    expect(await packets.lease(held, 200, 100)).toBe(true);
  });

  it("is not taken over a mark of a call under way", async () => {
    const held = await leased();
    expect(await packets.markCalling(held, { from: 0, to: 2 })).toBe(true);
    expect(await packets.lease(held, 300, 200)).toBe(false);
    const marked = { ...held, calling: { from: 0, to: 2 } };
    expect(await packets.clearAbandoned(marked, 99)).toBe(false);
    expect(await packets.clearAbandoned({ ...held, calling: { from: 2, to: 4 } }, 100)).toBe(false);
    expect(await packets.clearAbandoned(marked, 100)).toBe(true);
    expect(await packets.clearAbandoned(marked, 100)).toBe(false);
    expect(await packets.lease(held, 300, 200)).toBe(true);
  });

  it("lost means that nothing more can be written", async () => {
    const lost = await leased();
    await packets.lease(lost, 300, 200);
    expect(await packets.markCalling(lost, { from: 0, to: 2 })).toBe(false);
    expect(await packets.postpone(lost, dueAt)).toBe(false);
    expect(await packets.finish(lost, { sent: 2 })).toBe(false);
  });
});

describe("a packet", () => {
  it("is written once: what was written first stands, however far it is by then", async () => {
    const packet = await leased();
    await packets.finish(packet, { sent: 2 });
    expect(await packets.create({ ...packet, recipients: ["sub_3"] })).toBe(false);
    expect(await packets.load(packet.id)).toMatchObject({ state: "done", recipients: ["sub_1", "sub_2"] });
  });

  it("is read with others; unknown ones are left out", async () => {
    const [one, two] = [await open(), await open()];
    const read = await packets.loadMany([one.id, "pkt_none", two.id]);
    expect(read.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
  });

  it("stands in the due index until it is finished", async () => {
    const packet = await leased();
    expect(await due(packet.id)).toMatchObject({ lane: "bulk", dueAt });
    expect(await packets.finish(packet, { sent: 2 })).toBe(true);
    expect(await due(packet.id)).toBeUndefined();
    expect(await packets.load(packet.id)).toMatchObject({ state: "done", counts: { sent: 2 } });
    // Ninety days on the clock of leases.
    const row = await getRow(table, { pk: `PACKET#${packet.id}`, sk: "PACKET" });
    expect(row).toMatchObject({ expiresAt: 1_800_000_000 + 90 * 86_400 });
  });

  it("that is postponed is free, without a mark, and due later", async () => {
    const packet = await leased();
    await packets.markCalling(packet, { from: 0, to: 2 });
    expect(await packets.postpone(packet, "2027-03-01T10:00:00.000Z")).toBe(true);
    const row = await packets.load(packet.id);
    expect(row).toMatchObject({ dueAt: "2027-03-01T10:00:00.000Z", state: "open" });
    expect(row).not.toHaveProperty("leaseUntil");
    expect(row).not.toHaveProperty("calling");
    expect(await due(packet.id)).toBeUndefined();
  });

  it("is rung for by one of many, and not while it is held", async () => {
    const packet = await open();
    const later = "2027-03-01T09:15:00.000Z";
    const moved = await Promise.all(
      Array.from({ length: 5 }, () => packets.rescheduleRing(packet, later, 0)),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
    const held = await leased();
    expect(await packets.rescheduleRing(held, later, 99)).toBe(false);
    expect(await packets.rescheduleRing(held, later, 100)).toBe(true);
  });
});

async function due(id: string) {
  return (await packets.due(dueAt, 1000)).find((packet) => packet.id === id);
}
