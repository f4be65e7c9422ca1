import { mkdirSync } from "node:fs";
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type GlobalSecondaryIndexDescription,
  ResourceNotFoundException,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import type { TableSpec } from "../infra/service.ts";
import { close, listen } from "./loopback.ts";
import { statementDoor } from "./partiql/statement-door.ts";
import { type Guard, onlyWholeRequests } from "./whole-requests.ts";

export interface LocalServer {
  url: string;
  close(): Promise<void>;
}

/** DynamoDB on disk. An acknowledged write is in LevelDB's log, which outlives a killed process. */
export async function startDynamoDb(directory: string, guard: Guard = () => undefined): Promise<LocalServer> {
  mkdirSync(directory, { recursive: true });
  const server = dynalite({ path: directory, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  onlyWholeRequests(server, guard, statementDoor(guard));
  const url = await listen(server, 0);
  return { url, close: () => close(server) };
}

/** Makes the table of the manifest where it does not exist yet. */
export async function ensureTable(
  client: DynamoDBClient,
  tableName: string,
  table: TableSpec,
): Promise<void> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    refuseOtherShape(table, Table?.GlobalSecondaryIndexes ?? []);
    return;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  const keys = [table, ...table.indexes].flatMap((index) => [index.partitionKey, index.sortKey]);
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: "S" })),
      KeySchema: keySchema(table),
      GlobalSecondaryIndexes: table.indexes.map(
        (index): GlobalSecondaryIndex => ({
          IndexName: index.name,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: index.projected },
        }),
      ),
    }),
  );
  await waitUntilTableExists(
    { client, maxWaitTime: 60, minDelay: 0.02, maxDelay: 2 },
    { TableName: tableName },
  );
}

/** Indexes cannot be added to a local table, so data of an earlier shape is better refused than half found. */
function refuseOtherShape(table: TableSpec, existing: GlobalSecondaryIndexDescription[]): void {
  for (const { name, projected } of table.indexes) {
    const index = existing.find(({ IndexName }) => IndexName === name);
    const kept = index?.Projection?.NonKeyAttributes ?? [];
    if (!index || projected.some((attribute) => !kept.includes(attribute))) {
      throw new Error(
        `The data was made by another version, without the index ${name} as it is now: start with a fresh --data.`,
      );
    }
  }
}

function keySchema(keys: { partitionKey: string; sortKey: string }) {
  return [
    { AttributeName: keys.partitionKey, KeyType: "HASH" as const },
    { AttributeName: keys.sortKey, KeyType: "RANGE" as const },
  ];
}
