import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoSourceCalls } from "../../../adapters/dynamodb/source-calls.ts";
import { dynamoSources } from "../../../adapters/dynamodb/sources.ts";
import { getRow, type Table } from "../../../adapters/dynamodb/table.ts";
import { presets } from "../../../core/source/presets.ts";
import type { Source } from "../../../core/source/source.ts";
import type { SourceCall } from "../../../core/source/source-call.ts";
import { addMinutes } from "../../../core/time/instant.ts";
import { startTable } from "../../helpers/table.ts";

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

const now = "2027-03-01T12:00:00.000Z";
const shop: Source = {
  name: "shop",
  kind: "hmac",
  sites: ["https://shop.example"],
  thankYou: ["https://shop.example/thanks"],
  afterConfirm: [],
  ...presets.typeform,
  createdAt: now,
};

describe("sources", () => {
  it("are what was made under a name, once, until they are removed", async () => {
    const sources = dynamoSources(table);
    expect(await sources.create(shop)).toBe(true);
    expect(await sources.create({ ...shop, kind: "form" })).toBe(false);
    expect(await sources.load("shop")).toEqual(shop);
    expect(await sources.load("none")).toBeUndefined();
    await sources.create({ ...shop, name: "blog" });
    expect((await sources.list()).map(({ name }) => name)).toEqual(["blog", "shop"]);
    await sources.remove("shop");
    await sources.remove("shop");
    expect((await sources.list()).map(({ name }) => name)).toEqual(["blog"]);
  });
});

describe("calls of a source", () => {
  const call = (n: number, change: Partial<SourceCall> = {}): SourceCall => ({
    id: `call_${String(n).padStart(4, "0")}`,
    at: addMinutes(now, n),
    outcome: "accepted",
    ...change,
  });

  it("are kept for thirty days, the newest are told first, and of one source alone", async () => {
    const calls = dynamoSourceCalls(table);
    for (const n of [2, 1, 3]) await calls.note("blog", call(n, { reason: "course" }));
    await calls.note("blogs", call(4));
    const newest = await calls.newest("blog", 2);
    expect(newest).toEqual([call(3, { reason: "course" }), call(2, { reason: "course" })]);
    const row = await getRow(table, { pk: "SOURCE#blog", sk: `CALL#${call(1).at}#call_0001` });
    expect(row?.expiresAt).toBe(Date.parse(call(1).at) / 1000 + 30 * 86_400);
  });

  it("that are refused are kept up to sixty a minute, those that are not all", async () => {
    const calls = dynamoSourceCalls(table);
    const at = now;
    for (let n = 0; n < 70; n++) await calls.note("flood", call(n, { at, outcome: "forged" }));
    for (let n = 100; n < 105; n++) await calls.note("flood", call(n, { at }));
    expect(await calls.newest("flood", 100)).toHaveLength(65);
    await calls.note("flood", call(1, { outcome: "stale" }));
    await calls.note("calm", call(1, { at, outcome: "forged" }));
    expect(await calls.newest("flood", 100)).toHaveLength(66);
    expect(await calls.newest("calm", 100)).toHaveLength(1);
  });
});
