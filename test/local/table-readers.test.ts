import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it, onTestFinished } from "vitest";
import { duePartition } from "../../core/due.ts";
import { service } from "../../infra/service.ts";
import { reportDeliveries } from "../../local/delivery-report.ts";
import { ensureTable, startDynamoDb } from "../../local/dynamodb.ts";
import { findNextDue } from "../../local/next-due.ts";
import { dynamoDbClient } from "./clients.ts";
import { tempDir } from "./temp-dir.ts";

describe("what is due next", () => {
  it("is nothing in an empty table", async () => {
    expect(await findNextDue(await start(), "stepletter", service.table)).toBeUndefined();
  });

  it("is the earliest row of all kinds and shards", async () => {
    const client = await start();
    for (let i = 0; i < 12; i++) {
      const due = duePartition(i % 2 ? "course" : "packet", String(i));
      await put(client, `ROW#${i}`, "X", {
        due,
        dueAt: `2027-03-${String(20 - i).padStart(2, "0")}T09:00:00.000Z`,
      });
    }
    const next = (after?: string) => findNextDue(client, "stepletter", service.table, after);
    expect(await next()).toEqual({ at: "2027-03-09T09:00:00.000Z", key: "ROW#11 X" });
    expect(await next("2027-03-09T09:00:00.000Z")).toEqual({
      at: "2027-03-10T09:00:00.000Z",
      key: "ROW#10 X",
    });
    expect(await next("2027-03-20T09:00:00.000Z")).toBeUndefined();
  });

  it("names the lease under which it is held", async () => {
    const client = await start();
    const due = duePartition("packet", "1");
    await put(client, "PACKET#1", "PACKET", { due, dueAt: "2027-03-09T09:00:00.000Z" }, { leaseUntil: 1234 });
    expect(await findNextDue(client, "stepletter", service.table)).toMatchObject({ leaseUntil: 1234 });
  });
});

describe("report of deliveries", () => {
  it("counts the ledger by state, and names what is unknown", async () => {
    const client = await start();
    await put(client, "SUB#a", "PROFILE", { state: "active" });
    await put(client, "SUB#a", "MAIL#confirm_2027-03-01_1", { state: "sent" });
    await put(client, "SUB#a", "MAIL#course_records_run-1_school", { state: "unknown" });
    await put(client, "SUB#b", "MAIL#confirm_2027-03-01_1", { state: "sent" });
    expect(await reportDeliveries(client, "stepletter", service.table)).toEqual({
      counts: { sent: 2, unknown: 1 },
      unknown: [{ mailing: "course_records_run-1_school", subscriberId: "a" }],
    });
  });

  it("reads a table of more than one page", async () => {
    const client = await start();
    const padding = "x".repeat(300_000);
    for (let i = 0; i < 8; i++) await put(client, `SUB#${i}`, "MAIL#m", { state: "sent", padding });
    expect((await reportDeliveries(client, "stepletter", service.table)).counts).toEqual({ sent: 8 });
  });
});

async function start(): Promise<DynamoDBClient> {
  const server = await startDynamoDb(tempDir());
  onTestFinished(() => server.close());
  const client = dynamoDbClient(server.url);
  await ensureTable(client, "stepletter", service.table);
  return client;
}

async function put(
  client: DynamoDBClient,
  pk: string,
  sk: string,
  texts: Record<string, string>,
  numbers: Record<string, number> = {},
): Promise<void> {
  const attributes = [
    ...Object.entries({ pk, sk, ...texts }).map(([name, text]) => [name, { S: text }]),
    ...Object.entries(numbers).map(([name, number]) => [name, { N: String(number) }]),
  ];
  await client.send(new PutItemCommand({ TableName: "stepletter", Item: Object.fromEntries(attributes) }));
}
