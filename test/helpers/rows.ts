import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../../adapters/dynamodb/table.ts";
import type { TestService } from "./service.ts";

/** The table as an operator reaches it. */
export function tableOf({ dynamodbUrl }: TestService): {
  table: Table;
  client: DynamoDBClient;
  close(): void;
} {
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: dynamodbUrl,
    credentials: { accessKeyId: "operator", secretAccessKey: "test" },
  });
  const table = { client: DynamoDBDocumentClient.from(client), name: "stepletter" };
  return { table, client, close: () => client.destroy() };
}

/** Every row of the table. */
export async function allRows(service: TestService): Promise<Record<string, unknown>[]> {
  const { table, close } = tableOf(service);
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  close();
  return Items;
}

/** The rows of one partition whose sort key begins so. */
export async function rowsOf(
  service: TestService,
  pk: string,
  begins: string,
): Promise<Record<string, unknown>[]> {
  const { table, close } = tableOf(service);
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :begins)",
      ExpressionAttributeValues: { ":pk": pk, ":begins": begins },
      ConsistentRead: true,
    }),
  );
  close();
  return Items;
}

/** All rows but those that every request of the API leaves: limits, the audit log, replays, and keys. */
export async function keptRows(service: Parameters<typeof allRows>[0]): ReturnType<typeof allRows> {
  return (await allRows(service)).filter(({ pk }) => !/^(LIMIT|AUDIT|IDEM|ADMIN)#/.test(String(pk)));
}
