import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoHandSettlements } from "../../../adapters/dynamodb/hand-settlements.ts";
import type { Delivery } from "../../../core/delivery/delivery.ts";
import { deliveryKey } from "../../../core/delivery/delivery.ts";
import {
  type ResolveByHandDeps,
  type ResolveByHandOutcome,
  resolveByHand,
  type Verdict,
} from "../../../core/delivery/resolve-by-hand.ts";
import { delivery, putDelivery } from "../../helpers/ledger-rows.ts";
import { tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { subscriber } from "../../helpers/subscribers.ts";
import { received, sendAll } from "../../helpers/walk.ts";

let service: TestService;
let rows: ReturnType<typeof tableOf>;
let deps: ResolveByHandDeps;
beforeAll(async () => {
  service = await startService({ at: "2027-03-01T12:30:00.000Z" });
  rows = tableOf(service);
  deps = { ...service.deps, handSettlements: dynamoHandSettlements(rows.table) };
});
afterAll(async () => {
  rows.close();
  await service.stop();
});

let people = 0;
/** Somebody of their own, with a row of the ledger. */
async function somebody(changes: Partial<Delivery> = {}): Promise<Delivery> {
  const subscriberId = `sub_${++people}`;
  const row = delivery({ ...changes, subscriberId });
  await service.deps.subscribers.create(
    subscriber({ id: subscriberId, address: `${subscriberId}@example.com` }),
  );
  await putDelivery(rows.table, row);
  return row;
}

function decide(row: Delivery, as: Verdict): Promise<ResolveByHandOutcome> {
  return resolveByHand(deps, { subscriberId: row.subscriberId, mailing: row.mailing, as });
}

async function stored(row: Delivery): Promise<Delivery | undefined> {
  return (await service.deps.deliveries.loadMany([row])).get(deliveryKey(row));
}

const mailsTo = ({ subscriberId }: Delivery) => received(service, `${subscriberId}@example.com`);

describe("a delivery of unknown outcome", () => {
  it.each(["sent", "failed"] as const)("is settled as %s, and says by whom", async (as) => {
    const row = await somebody();
    expect(await decide(row, as)).toEqual({ status: "settled", state: as });
    expect(await stored(row)).toMatchObject({
      state: as,
      reason: "by-hand",
      settledAt: "2027-03-01T12:30:00.000Z",
    });
    expect(await decide(row, "again")).toEqual({ status: "not-unknown", state: as });
  });

  it("leaves the due index when it is settled", async () => {
    const row = await somebody({ dueAt: "2027-03-01T12:29:00.000Z" });
    await decide(row, "sent");
    expect(await stored(row)).not.toHaveProperty("dueAt");
  });

  it("goes again as a second attempt, once, however often that is said", async () => {
    const row = await somebody({ dueAt: "2027-03-01T12:20:00.000Z" });
    expect(await decide(row, "again")).toEqual({ status: "goes-again" });
    expect(await decide(row, "again")).toEqual({ status: "goes-again" });
    await sendAll(service);
    expect(await stored(row)).toMatchObject({ state: "sent", attempt: 2 });
    expect(mailsTo(row)).toEqual([row.mailing]);
    expect(await decide(row, "again")).toEqual({ status: "not-unknown", state: "sent" });
  });

  it("does not go again when an event comes before its packet is sent", async () => {
    const row = await somebody();
    await decide(row, "again");
    const at = "2027-03-01T12:31:00.000Z";
    await service.deps.deliveries.noteEvent(row, { type: "delivered", at, messageId: "m" });
    await sendAll(service);
    expect(mailsTo(row)).toEqual([]);
    expect(await stored(row)).toMatchObject({ state: "sent", attempt: 1 });
  });

  it("does not go a third time", async () => {
    const row = await somebody({ attempt: 2 });
    expect(await decide(row, "again")).toEqual({ status: "tried-twice" });
    expect(await decide(row, "failed")).toMatchObject({ status: "settled" });
  });

  it.each(["failed", "again"] as const)("is not %s while events may still tell", async (as) => {
    const row = await somebody({ dueAt: "2027-03-01T12:31:00.000Z" });
    expect(await decide(row, as)).toEqual({ status: "too-early", until: row.dueAt });
    expect(await stored(row)).toMatchObject({ state: "unknown" });
  });

  it.each(["sent", "failed", "again"] as const)("is not %s by hand once an event has told", async (as) => {
    const row = await somebody({ events: { "soft-bounced": "2027-03-01T12:05:00.000Z" } });
    expect(await decide(row, as)).toEqual({ status: "evidence", events: ["soft-bounced"] });
  });

  it("is not settled over an event that comes in between", async () => {
    const row = await somebody();
    const late = {
      ...deps,
      handSettlements: {
        async settle(...settlement: Parameters<ResolveByHandDeps["handSettlements"]["settle"]>) {
          await putDelivery(rows.table, { ...row, events: { "not-spam": "2027-03-01T12:29:00.000Z" } });
          return deps.handSettlements.settle(...settlement);
        },
      },
    };
    const { subscriberId, mailing } = row;
    expect(await resolveByHand(late, { subscriberId, mailing, as: "failed" })).toEqual({
      status: "changed-meanwhile",
    });
    expect(await stored(row)).toMatchObject({ state: "unknown" });
  });

  it("is not settled over a second attempt that began in between", async () => {
    const row = await somebody();
    await putDelivery(rows.table, { ...row, attempt: 2, owner: "pkt_2.1" });
    expect(await deps.handSettlements.settle(row, "failed", service.clock.now())).toBe(false);
  });
});

describe("any other delivery", () => {
  it.each(["sending", "sent", "failed", "skipped", "released"] as const)(
    "that is %s stays so",
    async (state) => {
      const row = await somebody({ state });
      expect(await decide(row, "failed")).toEqual({ status: "not-unknown", state });
    },
  );

  it("that does not exist is missing", async () => {
    expect(await decide(delivery({ subscriberId: "sub_none" }), "sent")).toEqual({ status: "missing" });
    expect(await decide(delivery({ mailing: "nonsense" }), "sent")).toEqual({ status: "missing" });
  });
});
