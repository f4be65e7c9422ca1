import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Packet } from "../../core/delivery/packet.ts";
import type { Packets } from "../../core/ports.ts";
import type { UnderTest } from "./under-test.ts";

const dueAt = "2027-03-01T09:00:00.000Z";
const later = "2027-03-01T09:15:00.000Z";

/** What packets and their leases do, whatever keeps them. */
export function packetsContract(name: string, start: () => Promise<UnderTest<Packets>>): void {
  describe(`packets, ${name}`, () => {
    let packets: Packets;
    let under: UnderTest<Packets>;
    beforeAll(async () => {
      under = await start();
      packets = under.port;
    });
    afterAll(() => under.stop?.());

    let count = 0;
    async function open(changes: Partial<Packet> = {}): Promise<Packet> {
      const base = { mailing: "digest_2027-W10", recipients: ["sub_1", "sub_2"], lane: "bulk" } as const;
      const fresh = { attempt: 1, state: "open", plannedAt: dueAt, dueAt, lease: 0 } as const;
      const packet = {
        id: `pkt_${++count}`,
        ...base,
        ...fresh,
        recipients: [...base.recipients],
        ...changes,
      };
      expect(await packets.create(packet)).toBe(true);
      return packet;
    }
    /** As its holder sees it, until 100. */
    async function leased(): Promise<Packet> {
      const packet = await open();
      expect(await packets.lease(packet, 100, 0)).toBe(true);
      return { ...packet, lease: 1, leaseUntil: 100 };
    }
    const range = { from: 0, to: 2 };
    const dueIds = async (now: string) => (await packets.due(now, 1000)).map(({ id }) => id);

    it("keep what was written first", async () => {
      const packet = await open();
      expect(await packets.create({ ...packet, recipients: ["sub_9"] })).toBe(false);
      expect(await packets.load(packet.id)).toEqual(packet);
      expect(await packets.load("pkt_none")).toBeUndefined();
      expect(await packets.loadMany([packet.id, "pkt_none"])).toEqual([packet]);
    });

    it("are leased by one of many", async () => {
      const packet = await open();
      const taken = await Promise.all(Array.from({ length: 8 }, () => packets.lease(packet, 100, 0)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await packets.load(packet.id)).toEqual({ ...packet, lease: 1, leaseUntil: 100 });
    });

    it("are leased again when the lease has run out, and no mark stands", async () => {
      const held = await leased();
      expect(await packets.lease(held, 200, 99)).toBe(false);
      await packets.markCalling(held, range);
      expect(await packets.lease(held, 200, 100)).toBe(false);
      const marked = { ...held, calling: range };
      expect(await packets.clearAbandoned(marked, 99)).toBe(false);
      expect(await packets.clearAbandoned({ ...held, calling: { from: 1, to: 2 } }, 100)).toBe(false);
      expect(await packets.clearAbandoned(marked, 100)).toBe(true);
      expect(await packets.clearAbandoned(marked, 100)).toBe(false);
      expect(await packets.lease(held, 200, 100)).toBe(true);
    });

    it("obey the newest lease alone", async () => {
      const held = await leased();
      await packets.lease(held, 300, 200);
      expect(await packets.markCalling(held, range)).toBe(false);
      expect(await packets.postpone(held, later)).toBe(false);
      expect(await packets.finish(held, { sent: 2 })).toBe(false);
      expect(await packets.clearAbandoned({ ...held, calling: range }, 400)).toBe(false);
      expect(await packets.markCalling({ ...held, lease: 2 }, range)).toBe(true);
      expect(await packets.load(held.id)).toMatchObject({ lease: 2, calling: range });
    });

    it("that are postponed are free, unmarked, and due later", async () => {
      const held = await leased();
      await packets.markCalling(held, range);
      expect(await packets.postpone(held, later)).toBe(true);
      const { leaseUntil: _, ...free } = held;
      expect(await packets.load(held.id)).toEqual({ ...free, dueAt: later });
      expect(await dueIds(dueAt)).not.toContain(held.id);
      expect(await dueIds(later)).toContain(held.id);
    });

    it("that are finished are nobody's any more, and due no more", async () => {
      const held = await leased();
      await packets.markCalling(held, range);
      expect(await packets.finish(held, { sent: 2 })).toBe(true);
      expect(await packets.finish(held, { sent: 1 })).toBe(false);
      const { leaseUntil: _l, dueAt: _d, ...rest } = held;
      expect(await packets.load(held.id)).toEqual({ ...rest, state: "done", counts: { sent: 2 } });
      expect(await dueIds(later)).not.toContain(held.id);
      expect(await packets.lease(held, 300, 200)).toBe(false);
      expect(await packets.rescheduleRing({ id: held.id, dueAt }, later, 200)).toBe(false);
    });

    it("are counted anew by one of many, over what was read", async () => {
      const packet = await open();
      const once = await Promise.all([1, 2, 3].map(() => packets.recount(packet, { tally: { bounced: 1 } })));
      expect(once.filter(Boolean)).toHaveLength(1);
      const counted = { ...packet, tally: { bounced: 1 }, recounts: 1 };
      expect(await packets.load(packet.id)).toEqual(counted);
      expect(await packets.recount(packet, { tally: {} })).toBe(false);
      expect(await packets.recount({ ...counted, state: "done" }, { tally: {} })).toBe(false);
      expect(await packets.recount(counted, { tally: {} })).toBe(true);
      expect(await packets.load(packet.id)).toEqual({ ...packet, tally: {}, recounts: 2 });
      expect(await packets.recount({ ...packet, id: "pkt_none" }, { tally: {} })).toBe(false);
      expect(await packets.load("pkt_none")).toBeUndefined();
    });

    it("are rung for by one of many, unless a lease is alive", async () => {
      const packet = await open();
      const moved = await Promise.all(
        Array.from({ length: 4 }, () => packets.rescheduleRing(packet, later, 0)),
      );
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await dueIds(dueAt)).not.toContain(packet.id);
      const held = await leased();
      expect(await packets.rescheduleRing(held, later, 99)).toBe(false);
      expect(await packets.rescheduleRing(held, later, 100)).toBe(true);
    });
  });
}
