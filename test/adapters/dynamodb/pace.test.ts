import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dynamoLastQuota, dynamoPlaces } from "../../../adapters/dynamodb/pace.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import { modelPlaces } from "../../core/pace/model-places.ts";
import { startTable } from "../../helpers/table.ts";

const Key = { pk: "ACCOUNT", sk: "PACE" };
const noon = 1_803_643_200_000.25;

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(() => empty());

const empty = () => table.client.send(new DeleteCommand({ TableName: table.name, Key }));
const write = (row: object) =>
  table.client.send(new PutCommand({ TableName: table.name, Item: { ...Key, v: 1, ...row } }));
const read = async () => (await table.client.send(new GetCommand({ TableName: table.name, Key }))).Item;

describe("the row of the pace", () => {
  it("gives the rate from now on if nobody has it, and queues what follows", async () => {
    const places = dynamoPlaces(table);
    expect(await places.take(noon, 81.169, 200)).toEqual({ at: noon });
    const second = await places.take(noon + 1, 81.169, 200);
    expect("at" in second && second.at).toBeCloseTo(noon + 81.169, 2);
    expect(await read()).toEqual({ ...Key, v: 1, free: expect.closeTo(noon + 2 * 81.169, 2) });
  });

  it("gives nothing that begins too far ahead, and leaves the row as it is", async () => {
    await write({ free: noon + 201 });
    expect(await dynamoPlaces(table).take(noon, 50, 200)).toEqual({ freeAt: noon + 201 });
    expect(await read()).toMatchObject({ free: noon + 201 });
  });

  it("overwrites what a clock that went wrong has left, so that nobody waits for that time", async () => {
    await write({ free: noon + 3_600_000 });
    expect(await dynamoPlaces(table).take(noon, 50, 200)).toEqual({ at: noon });
    expect(await read()).toMatchObject({ free: noon + 50 });
  });

  it("gives nothing that is over, whatever it saw in the row before", async () => {
    const places = dynamoPlaces(table);
    await places.take(noon, 1_000, 200);
    await write({ free: noon - 500 });
    expect(await places.take(noon + 900, 50, 200)).toEqual({ at: noon + 900 });
  });

  it("gives each of many who ask at once a place of its own, one behind the other", async () => {
    const asked = Array.from({ length: 24 }, (_, nth) =>
      dynamoPlaces(table).take(noon + (nth % 3), 10, 5_000),
    );
    const places = (await Promise.all(asked)).map((taken) => ("at" in taken ? taken.at : Number.NaN));
    const inOrder = places.toSorted((one, other) => one - other);
    for (const [nth, at] of inOrder.slice(1).entries())
      expect(at - (inOrder[nth] ?? 0)).toBeGreaterThanOrEqual(9.99);
  });

  it("does what the model of it does", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            passMs: fc.constantFrom(0, 1, 40, 300, 70_000),
            lengthMs: fc.constantFrom(1.137, 56.819, 1136.364),
            withinMs: fc.constantFrom(200, 5_000),
          }),
          { minLength: 1, maxLength: 15 },
        ),
        fc.constantFrom(0, noon + 150, noon + 3_000, noon + 59_000, noon + 3_600_000),
        async (asked, free) => {
          if (free > 0) await write({ free });
          else await empty();
          const [model, places] = [modelPlaces(free), dynamoPlaces(table)];
          let now = noon;
          for (const { passMs, lengthMs, withinMs } of asked) {
            now += passMs;
            const right = await model.take(now, lengthMs, withinMs);
            const given = await places.take(now, lengthMs, withinMs);
            expect(Object.keys(given)).toEqual(Object.keys(right));
            expect(Object.values(given)[0]).toBeCloseTo(Object.values(right)[0] ?? Number.NaN, 1);
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);

  it("keeps the quota that was last heard of, beside it", async () => {
    const quota = dynamoLastQuota(table);
    expect(await quota.load()).toBeUndefined();
    await dynamoPlaces(table).take(noon, 10, 200);
    await quota.store(14);
    await quota.store(14);
    await quota.store(50.5);
    expect(await quota.load()).toBe(50.5);
    expect(await read()).toEqual({ ...Key, v: 1, free: noon + 10, perSecond: 50.5 });
  });
});
