import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimDeliveries } from "../../../adapters/dynamodb/claim-deliveries.ts";
import { dynamoDeliveries } from "../../../adapters/dynamodb/deliveries.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import { deliveryKey, type Settlement } from "../../../core/delivery/delivery.ts";
import type { Deliveries } from "../../../core/ports.ts";
import { startTable } from "../../helpers/table.ts";

const mailing = "digest_2027-W10";
const at = "2027-03-08T09:00:00.000Z";
const by = (owner: string, attempt = 1) => ({ mailing, owner, attempt, claimedAt: at });

let table: Table;
let deliveries: Deliveries;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  ({ table, stop } = started);
  deliveries = dynamoDeliveries(table);
});
afterAll(() => stop());

/** Claims, while something happens between its first read of the rows and its next write. */
async function claimWhile(owner: string, id: string, attempt: number, happens: () => Promise<unknown>) {
  let reads = 0;
  const loadMany: Deliveries["loadMany"] = async (keys) => {
    const rows = await deliveries.loadMany(keys);
    if (reads++ === 0) await happens();
    return rows;
  };
  const claims = await claimDeliveries(table, loadMany, by(owner, attempt), [id]);
  const key = { subscriberId: id, mailing };
  const row = (await deliveries.loadMany([key])).get(deliveryKey(key));
  return { held: claims.held, others: claims.others, row };
}

const release: Settlement = { state: "released" };
const unknown: Settlement = { state: "unknown", reason: "TimeoutError", dueAt: at };
const sent: Settlement = { state: "sent", messageId: "m1" };

describe("a row that changes between a claim's read and its write", () => {
  it("is left to whom it belongs now: a released one that another packet took", async () => {
    await deliveries.claimMany(by("pkt_1.1"), ["sub_1"]);
    await deliveries.settleMany(by("pkt_1.1"), [["sub_1", release]], at);
    const { held, others, row } = await claimWhile("pkt_2.1", "sub_1", 1, () =>
      deliveries.claimMany(by("pkt_3.1"), ["sub_1"]),
    );
    expect(held).toEqual([]);
    expect(others).toEqual([row]);
    expect(row).toMatchObject({ state: "sending", owner: "pkt_3.1" });
  });

  it("is left as it is: an unknown one of which its owner hears late", async () => {
    await deliveries.claimMany(by("pkt_1.1"), ["sub_2"]);
    await deliveries.settleMany(by("pkt_1.1"), [["sub_2", unknown]], at);
    const { held, others, row } = await claimWhile("pkt_2.1", "sub_2", 2, () =>
      deliveries.settleMany(by("pkt_1.1"), [["sub_2", sent]], at),
    );
    expect(held).toEqual([]);
    expect(others).toEqual([row]);
    expect(row).toMatchObject({ state: "sent", messageId: "m1" });
  });

  it("is left to the newer lease of its packet", async () => {
    await deliveries.claimMany(by("pkt_1.1"), ["sub_3"]);
    const { held, row } = await claimWhile("pkt_1.2", "sub_3", 1, () =>
      deliveries.claimMany(by("pkt_1.3"), ["sub_3"]),
    );
    expect(held).toEqual([]);
    expect(row).toMatchObject({ state: "sending", owner: "pkt_1.3" });
  });

  it("is left to later attempts, when one of those released it", async () => {
    await deliveries.claimMany(by("pkt_1.1"), ["sub_6"]);
    await deliveries.settleMany(by("pkt_1.1"), [["sub_6", release]], at);
    const { held, row } = await claimWhile("pkt_2.1", "sub_6", 1, async () => {
      await deliveries.claimMany(by("pkt_1.1", 2), ["sub_6"]);
      await deliveries.settleMany(by("pkt_1.1"), [["sub_6", release]], at);
    });
    expect(held).toEqual([]);
    expect(row).toMatchObject({ state: "released", attempt: 2 });
  });

  it("is taken as it is then: one that its dead lease released", async () => {
    await deliveries.claimMany(by("pkt_1.1"), ["sub_4"]);
    const { held, row } = await claimWhile("pkt_1.2", "sub_4", 1, () =>
      deliveries.settleMany(by("pkt_1.1"), [["sub_4", release]], at),
    );
    expect(held).toEqual(["sub_4"]);
    expect(row).toMatchObject({ state: "sending", owner: "pkt_1.2" });
  });
});

it("a claim whose rows never stay as they were read gives up, and is not held", async () => {
  await deliveries.claimMany(by("pkt_1.1"), ["sub_5"]);
  const key = { subscriberId: "sub_5", mailing };
  const stale = new Map([[deliveryKey(key), { ...key, ...by("pkt_9.1"), state: "released" as const }]]);
  await expect(claimDeliveries(table, async () => stale, by("pkt_2.1"), ["sub_5"])).rejects.toMatchObject({
    kind: "unavailable",
    code: "delivery.contended",
  });
});
