import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoDeliveries } from "../../../adapters/dynamodb/deliveries.ts";
import { type Delivery, deliveryKey, type Settlement } from "../../../core/delivery/delivery.ts";
import type { Deliveries } from "../../../core/ports.ts";
import { startTable } from "../../helpers/table.ts";

let deliveries: Deliveries;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  deliveries = dynamoDeliveries(started.table);
  stop = started.stop;
});
afterAll(() => stop());

const at = "2027-03-01T09:00:00.000Z";
const unknown: Settlement = { state: "unknown", reason: "TimeoutError", dueAt: "2027-03-01T09:15:00.000Z" };
let count = 0;

/** A delivery of its own for each test, claimed by the first lease of a packet. */
async function claimed() {
  const key = { subscriberId: `sub_${++count}`, mailing: "course_records_run-1_school" };
  const claim = { ...key, owner: "pkt_1.1", attempt: 1, claimedAt: at };
  expect(await deliveries.claim(claim)).toBe(true);
  return { key, claim, row: { ...key, owner: "pkt_1.1" } };
}

async function load(key: { subscriberId: string; mailing: string }): Promise<Delivery | undefined> {
  return (await deliveries.loadMany([key])).get(deliveryKey(key));
}

describe("a claim", () => {
  it("is won by one of many", async () => {
    const claim = { subscriberId: "sub_race", mailing: "confirm_2027-03-01_1", attempt: 1, claimedAt: at };
    const won = await Promise.all(
      Array.from({ length: 20 }, (_, n) => deliveries.claim({ ...claim, owner: `pkt_${n}.1` })),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it.each<Settlement>([
    { state: "sent", messageId: "m1" },
    { state: "failed", reason: "MessageRejected" },
    { state: "skipped", reason: "unsubscribed" },
    unknown,
  ])("is refused once the delivery is $state", async (settlement) => {
    const { claim, row } = await claimed();
    await deliveries.settle(row, settlement, at);
    expect(await deliveries.claim({ ...claim, owner: "pkt_2.1" })).toBe(false);
    expect(await deliveries.claim({ ...claim, owner: "pkt_2.1", takeOver: "pkt_1.1" })).toBe(false);
  });

  it("is open again after a release", async () => {
    const { key, claim, row } = await claimed();
    await deliveries.settle(row, { state: "released" }, at);
    expect(await deliveries.claim({ ...claim, owner: "pkt_2.1" })).toBe(true);
    expect(await load(key)).toMatchObject({ state: "sending", owner: "pkt_2.1" });
  });

  it("is taken over from the owner that was read, and from no other", async () => {
    const { claim } = await claimed();
    expect(await deliveries.claim({ ...claim, owner: "pkt_1.2" })).toBe(false);
    expect(await deliveries.claim({ ...claim, owner: "pkt_1.2", takeOver: "pkt_1.0" })).toBe(false);
    expect(await deliveries.claim({ ...claim, owner: "pkt_1.2", takeOver: "pkt_1.1" })).toBe(true);
  });

  it("of a second attempt takes an unknown delivery, once", async () => {
    const { key, claim, row } = await claimed();
    await deliveries.settle(row, unknown, at);
    const again = { ...claim, attempt: 2 };
    expect(await deliveries.claim({ ...again, owner: "pkt_2.1" })).toBe(true);
    expect(await deliveries.claim({ ...again, owner: "pkt_3.1" })).toBe(false);
    await deliveries.settle({ ...key, owner: "pkt_2.1" }, unknown, at);
    expect(await deliveries.claim({ ...again, owner: "pkt_3.1" })).toBe(false);
  });
});

describe("a settlement", () => {
  it("is the owner's alone, and only forward", async () => {
    const { key, row } = await claimed();
    expect(
      await deliveries.settle({ ...row, owner: "pkt_9.1" }, { state: "sent", messageId: "m1" }, at),
    ).toBe(false);
    expect(await deliveries.settle(row, { state: "sent", messageId: "m1" }, at)).toBe(true);
    expect(await deliveries.settle(row, { state: "failed", reason: "late" }, at)).toBe(false);
    expect(await load(key)).toMatchObject({ state: "sent", messageId: "m1", settledAt: at });
  });

  it("late word of its owner that it was accepted settles an unknown one", async () => {
    const { key, row } = await claimed();
    await deliveries.settle(row, unknown, at);
    expect(await deliveries.settle(row, { state: "sent", messageId: "m1" }, at)).toBe(true);
    expect(await load(key)).toMatchObject({ state: "sent" });
    expect(await dueUnknown(key)).toBeUndefined();
  });
});

describe("an event", () => {
  it("is noted with its first instant and settles what was unknown", async () => {
    const { key, row } = await claimed();
    await deliveries.settle(row, unknown, at);
    expect(
      await deliveries.noteEvent(key, { type: "delivered", at: "2027-03-01T09:02:00.000Z", messageId: "m7" }),
    ).toBe(true);
    await deliveries.noteEvent(key, { type: "delivered", at: "2027-03-01T09:09:00.000Z", messageId: "m7" });
    expect(await load(key)).toMatchObject({
      state: "sent",
      messageId: "m7",
      events: { delivered: "2027-03-01T09:02:00.000Z" },
    });
    expect(await load(key)).not.toHaveProperty("reason");
    expect(await dueUnknown(key)).toBeUndefined();
  });

  it("that overtakes the worker leaves its late settlement without effect", async () => {
    const { key, row } = await claimed();
    await deliveries.noteEvent(key, { type: "bounced", at, messageId: "m8" });
    expect(await deliveries.settle(row, unknown, at)).toBe(false);
    expect(await load(key)).toMatchObject({ state: "sent", messageId: "m8", events: { bounced: at } });
  });

  it("changes neither a skipped delivery's state nor anything where there is no row", async () => {
    const { key, row } = await claimed();
    await deliveries.settle(row, { state: "skipped", reason: "unsubscribed" }, at);
    await deliveries.noteEvent(key, { type: "delivered", at, messageId: "m9" });
    expect(await load(key)).toMatchObject({ state: "skipped" });
    const nobody = { subscriberId: "sub_erased", mailing: key.mailing };
    expect(await deliveries.noteEvent(nobody, { type: "bounced", at, messageId: "m9" })).toBe(false);
    expect(await load(nobody)).toBeUndefined();
  });
});

describe("an unknown delivery", () => {
  it("is due when its time for evidence is over, until its policy has acted", async () => {
    const { key, row } = await claimed();
    await deliveries.settle(row, unknown, at);
    const due = await dueUnknown(key);
    expect(due).toEqual({ ...key, attempt: 1, dueAt: "2027-03-01T09:15:00.000Z" });
    if (due) expect(await deliveries.leaveUnknown(due)).toBe(true);
    expect(await dueUnknown(key)).toBeUndefined();
    expect(await load(key)).toMatchObject({ state: "unknown", reason: "TimeoutError" });
  });

  it("is not due before", async () => {
    const { key, row } = await claimed();
    await deliveries.settle(row, unknown, at);
    expect(await dueUnknown(key, "2027-03-01T09:14:59.999Z")).toBeUndefined();
  });
});

async function dueUnknown(key: { subscriberId: string }, now = "2027-03-01T09:15:00.000Z") {
  return (await deliveries.dueUnknown(now, 1000)).find((row) => row.subscriberId === key.subscriberId);
}
