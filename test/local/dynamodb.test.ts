import { DescribeTableCommand, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it, onTestFinished } from "vitest";
import { service, type TableSpec } from "../../infra/service.ts";
import { ensureTable, startDynamoDb } from "../../local/dynamodb.ts";
import { abandonRequest, dynamoDbClient } from "./clients.ts";
import { tempDir } from "./temp-dir.ts";

const row = { pk: { S: "SUB#1" }, sk: { S: "PROFILE" } };

describe("local DynamoDB", () => {
  it("listens on loopback and has the table of the manifest", async () => {
    const server = await start(tempDir());
    const client = dynamoDbClient(server.url);
    await ensureTable(client, "stepletter", service.table);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "stepletter" }));
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
    expect(Table?.TableStatus).toBe("ACTIVE");
    expect(Table?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
    expect(
      Table?.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => ({ IndexName, ...Projection })),
    ).toEqual(
      service.table.indexes.map(({ name, projected }) => ({
        IndexName: name,
        ProjectionType: "INCLUDE",
        NonKeyAttributes: [...projected],
      })),
    );
  });

  it("shows a row in the due index only while it has a due date", async () => {
    const client = dynamoDbClient((await start(tempDir())).url);
    await ensureTable(client, "stepletter", service.table);
    const due = { due: { S: "due#course#1" }, dueAt: { S: "2027-03-13T09:00:00.000Z" } };
    await client.send(
      new PutItemCommand({ TableName: "stepletter", Item: { ...row, ...due, v: { N: "1" } } }),
    );
    await client.send(new PutItemCommand({ TableName: "stepletter", Item: { ...row, sk: { S: "OTHER" } } }));
    const query = new QueryCommand({
      TableName: "stepletter",
      IndexName: "due",
      KeyConditionExpression: "due = :due",
      ExpressionAttributeValues: { ":due": { S: "due#course#1" } },
    });
    expect((await client.send(query)).Items).toEqual([{ ...row, ...due, v: { N: "1" } }]);
    await client.send(new PutItemCommand({ TableName: "stepletter", Item: row }));
    expect((await client.send(query)).Items).toEqual([]);
  });

  it("keeps rows over a restart, and the table is made once", async () => {
    const directory = tempDir();
    const first = await startDynamoDb(directory);
    const client = dynamoDbClient(first.url);
    await ensureTable(client, "stepletter", service.table);
    await client.send(new PutItemCommand({ TableName: "stepletter", Item: row }));
    await first.close();

    const again = dynamoDbClient((await start(directory)).url);
    await ensureTable(again, "stepletter", service.table);
    const { Item } = await again.send(new GetItemCommand({ TableName: "stepletter", Key: row }));
    expect(Item).toEqual(row);
  });

  it("refuses data whose index has another shape", async () => {
    const client = dynamoDbClient((await start(tempDir())).url);
    await ensureTable(client, "stepletter", service.table);
    const [due] = service.table.indexes;
    const atlas = { name: "atlas", partitionKey: "atlas", sortKey: "sk", projected: ["zone"] };
    const widened: TableSpec = {
      ...service.table,
      indexes: [{ ...due, projected: [...due.projected, "zone"] }],
    };
    const added: TableSpec = {
      ...service.table,
      indexes: [{ ...due, projected: [...due.projected] }, atlas],
    };
    await expect(ensureTable(client, "stepletter", widened)).rejects.toThrow(/the index due .* fresh --data/);
    await expect(ensureTable(client, "stepletter", added)).rejects.toThrow(/the index atlas .* fresh --data/);
  });

  it("outlives a client that goes away in the middle of a request", async () => {
    const server = await start(tempDir());
    await abandonRequest(server.url);
    const client = dynamoDbClient(server.url);
    await expect(ensureTable(client, "stepletter", service.table)).resolves.toBeUndefined();
  });
});

async function start(directory: string) {
  const server = await startDynamoDb(directory);
  onTestFinished(() => server.close());
  return server;
}
