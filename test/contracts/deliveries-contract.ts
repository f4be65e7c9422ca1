import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Claim } from "../../core/delivery/claim.ts";
import { type Delivery, deliveryKey, type Settlement } from "../../core/delivery/delivery.ts";
import type { Deliveries } from "../../core/ports.ts";
import { after, at, deed, later, mailing, sent, unknown } from "./delivery-deeds.ts";

const byPacket1 = { mailing, owner: "pkt_1.1", attempt: 1, claimedAt: at };

/** A ledger to try, and what has to be done when it is no longer needed. */
export interface LedgerUnderTest {
  deliveries: Deliveries;
  stop?(): Promise<void>;
}

/**
 * What every ledger does, whatever keeps it: the same cases for the adapter over the local table, over an emulator,
 * and for the model. The ledger may hold rows of others.
 */
export function deliveriesContract(name: string, start: () => Promise<LedgerUnderTest>): void {
  describe(`the ledger, ${name}`, () => {
    let deliveries: Deliveries;
    let stop: LedgerUnderTest["stop"];
    beforeAll(async () => {
      const started = await start();
      deliveries = started.deliveries;
      stop = started.stop;
    });
    afterAll(() => stop?.());

    const claim = (by: Partial<Claim>, ...ids: string[]) =>
      deliveries.claimMany({ ...byPacket1, ...by }, ids);
    /** Whether one delivery is held by a claim. */
    const wins = async (id: string, by: Partial<Claim>) => (await claim(by, id)).held.length === 1;
    const settle = async (id: string, to: Settlement, owner = byPacket1.owner) =>
      (await deliveries.settleMany({ mailing, owner }, [[id, to]], at))[0];
    const load = async (subscriberId: string): Promise<Delivery | undefined> =>
      (await deliveries.loadMany([{ subscriberId, mailing }])).get(deliveryKey({ subscriberId, mailing }));
    const dueUnknown = async (id: string, now = later) =>
      (await deliveries.dueUnknown(now, 1000)).find((row) => row.subscriberId === id);
    const event = (id: string, type: string, messageId = "m7", when = at) =>
      deliveries.noteEvent({ subscriberId: id, mailing }, { type, at: when, messageId });
    /** A delivery of its own for each case, claimed by the first lease of a packet. */
    async function claimed(): Promise<string> {
      const id = newId();
      expect(await claim({}, id)).toEqual({ held: [id], others: [] });
      return id;
    }

    describe("a claim", () => {
      it("makes a row that says who holds it", async () => {
        const id = await claimed();
        expect(await load(id)).toEqual({ subscriberId: id, state: "sending", ...byPacket1 });
      });

      it("of nobody does nothing", async () => {
        expect(await claim({})).toEqual({ held: [], others: [] });
      });

      it("is won by one of many", async () => {
        const id = newId();
        const won = await Promise.all(
          Array.from({ length: 20 }, (_, n) => wins(id, { owner: `pkt_${n}.1` })),
        );
        expect(won.filter(Boolean)).toHaveLength(1);
      });

      it("of more than one call's worth holds everyone who is free, and shows the rows of the others", async () => {
        const ids = Array.from({ length: 50 }, newId);
        const [theirs, done] = [ids.filter((_, n) => n % 7 === 0), ids.filter((_, n) => n % 7 === 1)];
        await claim({ owner: "pkt_2.1" }, ...theirs, ...done);
        await deliveries.settleMany(
          { mailing, owner: "pkt_2.1" },
          done.map((id) => [id, { state: "skipped", reason: "late" }]),
          at,
        );
        const { held, others } = await claim({}, ...ids);
        expect(held).toEqual(ids.filter((id) => !theirs.includes(id) && !done.includes(id)));
        expect(others.map(({ subscriberId, state }) => [subscriberId, state]).sort()).toEqual(
          [...theirs.map((id) => [id, "sending"]), ...done.map((id) => [id, "skipped"])].sort(),
        );
      });

      it("that is repeated, because its answer was lost, holds what it holds", async () => {
        const id = await claimed();
        expect(await wins(id, { claimedAt: later })).toBe(true);
        expect(await load(id)).toMatchObject({ claimedAt: at });
      });

      it("holds those that it takes over in the order that was asked, among the new ones", async () => {
        const ids = Array.from({ length: 4 }, newId);
        await claim({}, ...ids.filter((_, n) => n % 2 === 0));
        expect((await claim({ owner: "pkt_1.2" }, ...ids)).held).toEqual(ids);
      });

      it("that names somebody twice holds them once", async () => {
        const id = newId();
        expect(await claim({}, id, id)).toEqual({ held: [id], others: [] });
      });

      it.each<Settlement>([
        sent,
        { state: "failed", reason: "MessageRejected" },
        { state: "skipped", reason: "unsubscribed" },
        unknown,
      ])("is refused once the delivery is $state, to every lease", async (to) => {
        const id = await claimed();
        await settle(id, to);
        const settled = await load(id);
        for (const owner of ["pkt_1.1", "pkt_1.2", "pkt_2.1"])
          expect(await claim({ owner }, id)).toEqual({ held: [], others: [settled] });
        expect(await load(id)).toEqual(settled);
      });

      it("is open again after a release, and leaves nothing of it", async () => {
        const id = await claimed();
        await settle(id, { state: "released", reason: "moved" });
        expect(await load(id)).toMatchObject({ state: "released", reason: "moved" });
        expect(await wins(id, { owner: "pkt_2.1", claimedAt: later })).toBe(true);
        expect(await load(id)).toEqual({
          subscriberId: id,
          ...byPacket1,
          state: "sending",
          owner: "pkt_2.1",
          claimedAt: later,
        });
      });

      it("of a release of a later attempt is refused", async () => {
        const id = newId();
        await claim({ attempt: 2 }, id);
        await settle(id, { state: "released" });
        expect(await wins(id, { owner: "pkt_2.1" })).toBe(false);
        expect(await wins(id, { owner: "pkt_2.1", attempt: 2 })).toBe(true);
      });

      it("takes over from a dead lease of its packet, and only forward", async () => {
        const id = await claimed();
        expect(await wins(id, { owner: "pkt_2.9" })).toBe(false);
        expect(await wins(id, { owner: "pkt_1.0" })).toBe(false);
        expect(await wins(id, { owner: "pkt_1.10" })).toBe(true);
        expect(await wins(id, { owner: "pkt_1.9" })).toBe(false);
        expect(await load(id)).toMatchObject({ state: "sending", owner: "pkt_1.10" });
      });

      it("of a second attempt takes an unknown delivery, once, and out of the due index", async () => {
        const id = await claimed();
        await settle(id, unknown);
        expect(await wins(id, { owner: "pkt_2.1", attempt: 2 })).toBe(true);
        expect(await load(id)).toEqual({
          subscriberId: id,
          ...byPacket1,
          state: "sending",
          owner: "pkt_2.1",
          attempt: 2,
        });
        expect(await dueUnknown(id)).toBeUndefined();
        expect(await wins(id, { owner: "pkt_3.1", attempt: 2 })).toBe(false);
        await settle(id, unknown, "pkt_2.1");
        expect(await wins(id, { owner: "pkt_3.1", attempt: 2 })).toBe(false);
      });

      it("overwrites no event that came first", async () => {
        const id = await claimed();
        await event(id, "delivered");
        expect(await wins(id, { owner: "pkt_1.2", attempt: 2 })).toBe(false);
        expect(await load(id)).toMatchObject({ state: "sent", events: { delivered: at } });
      });
    });

    describe("a settlement", () => {
      it("is the owner's alone, and only forward", async () => {
        const id = await claimed();
        expect(await settle(id, sent, "pkt_9.1")).toBe(false);
        expect(await load(id)).toMatchObject({ state: "sending" });
        expect(await settle(id, sent)).toBe(true);
        expect(await settle(id, { state: "failed", reason: "late" })).toBe(false);
        expect(await settle(id, { state: "released" })).toBe(false);
        expect(await load(id)).toEqual({
          subscriberId: id,
          ...byPacket1,
          state: "sent",
          messageId: "m1",
          settledAt: at,
        });
      });

      it("makes no row", async () => {
        const id = newId();
        expect(await settle(id, sent)).toBe(false);
        expect(await load(id)).toBeUndefined();
      });

      it("of more than one call's worth settles each as it ended", async () => {
        const ids = Array.from({ length: 50 }, newId);
        await claim({}, ...ids.slice(1));
        const ends: Settlement[] = [sent, { state: "failed", reason: "x" }, { state: "released" }, unknown];
        const settlements = ids.map((id, n): [string, Settlement] => [id, ends[n % 4] ?? sent]);
        const settled = await deliveries.settleMany({ mailing, owner: "pkt_1.1" }, settlements, at);
        expect(settled).toEqual(ids.map((_, n) => n > 0));
        for (const [id, { state }] of settlements.slice(1)) expect((await load(id))?.state).toBe(state);
      });

      it("of nobody does nothing", async () => {
        expect(await deliveries.settleMany({ mailing, owner: "pkt_1.1" }, [], at)).toEqual([]);
      });

      it("as sent comes true late, from the owner of one that is unknown, and of nobody else", async () => {
        const id = await claimed();
        await settle(id, unknown);
        expect(await dueUnknown(id)).toMatchObject({ attempt: 1, dueAt: later });
        expect(await settle(id, sent, "pkt_2.1")).toBe(false);
        expect(await settle(id, { state: "failed", reason: "x" })).toBe(false);
        expect(await settle(id, sent)).toBe(true);
        const row = await load(id);
        expect(row).toMatchObject({ state: "sent" });
        expect(row).not.toHaveProperty("reason");
        expect(row).not.toHaveProperty("dueAt");
        expect(await dueUnknown(id)).toBeUndefined();
      });
    });

    describe("an event", () => {
      it("is noted with its first instant and settles what was unknown", async () => {
        const id = await claimed();
        await settle(id, unknown);
        expect(await event(id, "delivered", "m7", "2027-03-01T09:02:00.000Z")).toBe("proved");
        expect(await event(id, "delivered", "m7", "2027-03-01T09:09:00.000Z")).toBe("proved");
        expect(await load(id)).toMatchObject({
          state: "sent",
          messageId: "m7",
          proved: true,
          events: { delivered: "2027-03-01T09:02:00.000Z" },
        });
        expect(await load(id)).not.toHaveProperty("reason");
        expect(await dueUnknown(id)).toBeUndefined();
      });

      it("that overtakes the worker leaves its late settlement without effect", async () => {
        const id = await claimed();
        await event(id, "bounced", "m8");
        for (const to of [unknown, sent, { state: "released" }] satisfies Settlement[])
          expect(await settle(id, to)).toBe(false);
        expect(await load(id)).toMatchObject({ state: "sent", messageId: "m8", events: { bounced: at } });
      });

      it("changes neither a skipped delivery's state nor anything where there is no row", async () => {
        const id = await claimed();
        await settle(id, { state: "skipped", reason: "unsubscribed" });
        await event(id, "delivered");
        expect(await load(id)).toMatchObject({ state: "skipped" });
        const erased = newId();
        expect(await event(erased, "bounced")).toBe(false);
        expect(await load(erased)).toBeUndefined();
      });
    });

    describe("an unknown delivery", () => {
      it("is due when its time for evidence is over, until its policy has acted", async () => {
        const id = await claimed();
        await settle(id, unknown);
        expect(await dueUnknown(id, "2027-03-01T09:14:59.999Z")).toBeUndefined();
        const due = await dueUnknown(id);
        expect(due).toEqual({ subscriberId: id, mailing, attempt: 1, dueAt: later });
        if (due) expect(await deliveries.leaveUnknown(due)).toBe(true);
        expect(await dueUnknown(id)).toBeUndefined();
        expect(await load(id)).toMatchObject({ state: "unknown", reason: "TimeoutError" });
      });
    });

    it("goes from state to state as its rules say, over any order of claims, settlements and events", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 12 }), async (deeds) => {
          const id = newId();
          let row: Delivery | undefined;
          for (const one of deeds) {
            const expected = after(row, one, id);
            if (one.do === "claim") {
              const { held, others } = await claim(one.claim, id);
              expect([...held, ...others.map(({ subscriberId }) => subscriberId)]).toEqual([id]);
              expect(held.length).toBe(
                Number(expected?.owner === one.claim.owner && expected.state === "sending"),
              );
            } else if (one.do === "settle") {
              expect(await settle(id, one.to, one.owner)).toBe(expected !== row);
            } else {
              const told = row && (expected?.proved ? "proved" : "noted");
              expect(await event(id, "delivered")).toBe(told ?? false);
            }
            row = expected;
            expect(await load(id)).toEqual(row);
          }
        }),
        { numRuns: 40 },
      );
    });
  });
}

let count = 0;
const run = Math.random().toString(36).slice(2, 8);
function newId(): string {
  count += 1;
  return `sub_${run}_${count}`;
}
