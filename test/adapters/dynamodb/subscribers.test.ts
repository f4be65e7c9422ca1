import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoAddresses } from "../../../adapters/dynamodb/addresses.ts";
import { dynamoSubscribers } from "../../../adapters/dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../../../adapters/dynamodb/suppressions.ts";
import { getRow, type Table } from "../../../adapters/dynamodb/table.ts";
import { subscriber } from "../../helpers/subscribers.ts";
import { startTable } from "../../helpers/table.ts";

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

describe("address claims", () => {
  it("belong to whoever claims first, even of twenty at once", async () => {
    const addresses = dynamoAddresses(table);
    const owners = await Promise.all(
      Array.from({ length: 20 }, (_, n) => addresses.claim("hash-1", `sub_${n}`)),
    );
    expect(new Set(owners).size).toBe(1);
    expect(await addresses.claim("hash-1", "sub_late")).toBe(owners[0]);
  });
});

describe("suppressions", () => {
  it("keep the weightiest evidence, and of that the earliest, in whatever order it comes", async () => {
    const suppressions = dynamoSuppressions(table);
    const told = [
      ["bounce", "2027-03-02T00:00:00.000Z"],
      ["complaint", "2027-03-01T00:00:00.000Z"],
      ["complaint", "2027-03-03T00:00:00.000Z"],
      ["manual", "2027-02-01T00:00:00.000Z"],
    ] as const;
    for (const [hash, order] of [
      ["order-1", [0, 1, 2, 3]],
      ["order-2", [3, 2, 1, 0]],
      ["order-3", [1, 3, 2, 0, 1]],
    ] as const) {
      for (const index of order) {
        const [reason, since] = told[index];
        await suppressions.add(hash, { reason, since });
      }
      const row = await getRow(table, { pk: `SUPPRESS#${hash}`, sk: "SUPPRESS" });
      expect(row).toMatchObject({ reason: "complaint", since: "2027-03-01T00:00:00.000Z" });
    }
  });

  it("stand from the first word on", async () => {
    const suppressions = dynamoSuppressions(table);
    expect(await suppressions.has("hash-2")).toBe(false);
    await suppressions.add("hash-2", { reason: "bounce", since: "2027-03-01T00:00:00.000Z" });
    await suppressions.add("hash-2", { reason: "complaint", since: "2027-03-02T00:00:00.000Z" });
    expect(await suppressions.has("hash-2")).toBe(true);
  });
});

describe("profiles", () => {
  it("come back as they were stored", async () => {
    const subscribers = dynamoSubscribers(table);
    const ada = subscriber({
      id: "sub_ada",
      name: "Ada مرحبا 🎓",
      todo: { confirm: "2027-03-01T00:00:00.000Z" },
    });
    expect(await subscribers.create(ada)).toBe(true);
    expect(await subscribers.load("sub_ada")).toEqual(ada);
    expect(await subscribers.load("sub_nobody")).toBeUndefined();
  });

  it("are created once", async () => {
    const subscribers = dynamoSubscribers(table);
    await subscribers.create(subscriber({ id: "sub_once" }));
    expect(await subscribers.create(subscriber({ id: "sub_once", name: "Other" }))).toBe(false);
    expect((await subscribers.load("sub_once"))?.name).toBe("Ada");
  });

  it("change only from the revision that was read", async () => {
    const subscribers = dynamoSubscribers(table);
    const before = subscriber({ id: "sub_rev" });
    await subscribers.create(before);
    expect(await subscribers.replace({ ...before, name: "First" })).toBe(true);
    expect(await subscribers.replace({ ...before, name: "Second" })).toBe(false);
    expect(await subscribers.load("sub_rev")).toMatchObject({ name: "First", rev: 2 });
  });

  it("load by the hundred, each once, without the unknown", async () => {
    const subscribers = dynamoSubscribers(table);
    const ids = Array.from({ length: 130 }, (_, n) => `sub_many${n}`);
    await Promise.all(ids.map((id) => subscribers.create(subscriber({ id }))));
    const loaded = await subscribers.loadMany([...ids, ...ids, "sub_nobody"]);
    expect([...loaded.keys()].sort()).toEqual([...ids].sort());
  });

  it("stand in the due index while a task is due, and no longer", async () => {
    const subscribers = dynamoSubscribers(table);
    const dueAt = "2027-02-01T09:00:00.000Z";
    const busy = subscriber({ id: "sub_busy", todo: { confirm: "2027-02-03T00:00:00.000Z", enrol: dueAt } });
    await subscribers.create(busy);
    expect(await subscribers.due("2027-02-01T08:59:59.999Z", 100)).not.toContain("sub_busy");
    expect(await subscribers.due(dueAt, 100)).toContain("sub_busy");
    await subscribers.replace({ ...busy, todo: {} });
    expect(await subscribers.due("2027-02-04T00:00:00.000Z", 100)).not.toContain("sub_busy");
  });
});
