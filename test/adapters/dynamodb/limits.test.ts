import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoLimits } from "../../../adapters/dynamodb/limits.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import { getRow } from "../../../adapters/dynamodb/table.ts";
import { startTable } from "../../helpers/table.ts";

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const now = "2027-03-01T12:34:56.000Z";
const hourly = { most: 3, seconds: 3600 };

describe("limits", () => {
  it("give as many as there are in a span, to all functions together, also at one time", async () => {
    const functions = Array.from({ length: 5 }, () => dynamoLimits(table));
    const taken = await Promise.all(functions.map((limits) => limits.take("a", hourly, now)));
    expect(taken.filter(Boolean)).toHaveLength(3);
    expect(await dynamoLimits(table).take("a", hourly, "2027-03-01T12:59:59.999Z")).toBe(false);
    expect(await dynamoLimits(table).take("a", hourly, "2027-03-01T13:00:00.000Z")).toBe(true);
  });

  it("count each name and each span apart", async () => {
    const limits = dynamoLimits(table);
    for (let n = 0; n < 3; n++) expect(await limits.take("b", hourly, now)).toBe(true);
    expect(await limits.take("b", hourly, now)).toBe(false);
    expect(await limits.take("c", hourly, now)).toBe(true);
    expect(await limits.take("b", { most: 3, seconds: 86_400 }, now)).toBe(true);
  });

  it("remember a refusal for its span, and ask the table no more", async () => {
    const limits = dynamoLimits(table);
    const one = { most: 1, seconds: 3600 };
    expect(limits.isSpent("d", one, now)).toBe(false);
    await limits.take("d", one, now);
    expect(limits.isSpent("d", one, now)).toBe(false);
    await limits.take("d", one, now);
    expect(limits.isSpent("d", one, now)).toBe(true);
    expect(limits.isSpent("d", one, "2027-03-01T13:00:00.000Z")).toBe(false);
    const row = await getRow(table, {
      pk: "LIMIT#d",
      sk: `SPAN#3600#${Math.floor(Date.parse(now) / 3_600_000)}`,
    });
    expect(row?.taken).toBe(1);
  });

  it("leave a row that goes by itself, a span after its own is over", async () => {
    await dynamoLimits(table).take("e", hourly, now);
    const span = Math.floor(Date.parse(now) / 3_600_000);
    const row = await getRow(table, { pk: "LIMIT#e", sk: `SPAN#3600#${span}` });
    expect(row).toMatchObject({ taken: 1, expiresAt: (span + 2) * 3600 });
  });
});
