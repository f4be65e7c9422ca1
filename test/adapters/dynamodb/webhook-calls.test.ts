import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoWebhookCalls } from "../../../adapters/dynamodb/webhook-calls.ts";
import type { WebhookCalls } from "../../../core/webhook/webhook-ports.ts";
import { startTable } from "../../helpers/table.ts";

let calls: WebhookCalls;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  calls = dynamoWebhookCalls(started.table);
  stop = started.stop;
});
afterAll(() => stop());

const now = "2027-03-01T12:00:00.000Z";
const call = { source: "demo", id: "msg_1" };

describe("calls of webhooks", () => {
  it("are remembered once, for seven days, and apart for each source", async () => {
    expect(await calls.has(call, now)).toBe(false);
    expect(await calls.remember(call, now)).toBe(true);
    expect(await calls.remember(call, now)).toBe(false);
    expect(await calls.has(call, "2027-03-08T11:59:59.000Z")).toBe(true);
    expect(await calls.has({ ...call, source: "other" }, now)).toBe(false);
  });

  it("are forgotten after seven days, also where DynamoDB has not deleted them yet", async () => {
    const later = "2027-03-08T12:00:00.000Z";
    await calls.remember({ ...call, id: "msg_2" }, now);
    expect(await calls.has({ ...call, id: "msg_2" }, later)).toBe(false);
    expect(await calls.remember({ ...call, id: "msg_2" }, later)).toBe(true);
  });
});
