import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../../adapters/dynamodb/table.ts";
import { service } from "../../infra/service.ts";
import { ensureTable, startDynamoDb } from "../../local/dynamodb.ts";

/** An embedded table of the manifest's shape, on an empty disk. */
export async function startTable(): Promise<{ table: Table; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "stepletter-table-"));
  const server = await startDynamoDb(directory);
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: server.url,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await ensureTable(client, "stepletter", service.table);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    table: { client: documents, name: "stepletter" },
    stop: async () => {
      client.destroy();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
