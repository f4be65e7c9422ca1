import { afterAll, beforeAll, expect, it } from "vitest";
import { dynamoLedger } from "../../../adapters/dynamodb/ledger.ts";
import type { LedgerCost } from "../../../core/delivery/ledger-ports.ts";
import { listDeliveries } from "../../../core/delivery/list-deliveries.ts";
import { delivery, putDelivery } from "../../helpers/ledger-rows.ts";
import { tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
let rows: ReturnType<typeof tableOf>;
const costs: LedgerCost[] = [];
beforeAll(async () => {
  service = await startService();
  rows = tableOf(service);
  for (let person = 1; person <= 30; person++) {
    const states = ["unknown", "failed", "sent"] as const;
    await putDelivery(
      rows.table,
      delivery({
        subscriberId: `sub_${person}`,
        state: states[person % 3] ?? "sent",
        mailing: person % 2 ? "campaign_spring" : "campaign_autumn",
        settledAt: `2027-03-${String(31 - person).padStart(2, "0")}T12:00:00.000Z`,
      }),
    );
  }
});
afterAll(async () => {
  rows.close();
  await service.stop();
});

async function list(query: Partial<Parameters<typeof listDeliveries>[1]>) {
  const ledger = dynamoLedger(rows.table, 3);
  const deps = {
    deliveries: service.deps.deliveries,
    ledger,
    onCost: (cost: LedgerCost) => costs.push(cost),
  };
  return listDeliveries(deps, { states: ["unknown", "failed"], limit: 100, ...query });
}

it("finds all that are in a state, the oldest first, and tells what that cost", async () => {
  const { deliveries, more } = await list({});
  expect(more).toBe(false);
  expect(deliveries).toHaveLength(20);
  expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(["unknown", "failed"]));
  const since = deliveries.map(({ settledAt }) => settledAt);
  expect(since).toEqual(since.toSorted());
  expect(costs.at(-1)).toMatchObject({ rows: 30, readUnits: expect.any(Number) });
  expect(costs.at(-1)?.readUnits).toBeGreaterThan(0);
});

it("keeps to a mailing and to a limit, and tells that there are more", async () => {
  const { deliveries, more } = await list({ states: ["sent"], mailing: "campaign_spring", limit: 3 });
  expect(more).toBe(true);
  expect(deliveries.map(({ state, mailing }) => `${state} ${mailing}`)).toEqual(
    Array(3).fill("sent campaign_spring"),
  );
});

it("of one person reads their rows alone", async () => {
  const looked = costs.length;
  const { deliveries } = await list({ subscriberId: "sub_2", states: ["sent"] });
  expect(deliveries.map(({ subscriberId }) => subscriberId)).toEqual(["sub_2"]);
  expect((await list({ subscriberId: "sub_3", states: ["sent"] })).deliveries).toEqual([]);
  expect(costs).toHaveLength(looked);
});

it("shows no row that has changed since it was found", async () => {
  const stale = {
    estimate: () => Promise.reject(new Error("not asked")),
    async *find() {
      yield {
        keys: [delivery({ subscriberId: "sub_2", mailing: "campaign_autumn" })],
        cost: { rows: 1, readUnits: 1 },
      };
    },
  };
  const deps = { deliveries: service.deps.deliveries, ledger: stale, onCost: () => {} };
  expect((await listDeliveries(deps, { states: ["unknown"], limit: 5 })).deliveries).toEqual([]);
});
