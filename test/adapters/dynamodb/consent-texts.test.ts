import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoConsentTexts } from "../../../adapters/dynamodb/consent-texts.ts";
import { deleteRow, type Table } from "../../../adapters/dynamodb/table.ts";
import { startTable } from "../../helpers/table.ts";

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());

describe("consent texts", () => {
  it("are kept once for each version: what was written first stands", async () => {
    const texts = dynamoConsentTexts(table);
    await texts.keep("v1", "By signing up you agree …");
    await dynamoConsentTexts(table).keep("v1", "Something else");
    expect(await texts.load("v1")).toBe("By signing up you agree …");
    expect(await texts.load("v2")).toBeUndefined();
  });

  it("cost no write the second time", async () => {
    const texts = dynamoConsentTexts(table);
    await texts.keep("v3", "Once");
    await deleteRow(table, { pk: "CONSENT#v3", sk: "TEXT" });
    await texts.keep("v3", "Once");
    expect(await texts.load("v3")).toBeUndefined();
  });
});
