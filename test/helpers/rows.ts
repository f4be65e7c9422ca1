import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { TestService } from "./service.ts";

/** Every row of the table. */
export async function allRows({ dynamodbUrl }: TestService): Promise<Record<string, unknown>[]> {
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: dynamodbUrl,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const { Items = [] } = await DynamoDBDocumentClient.from(client).send(
    new ScanCommand({ TableName: "stepletter" }),
  );
  client.destroy();
  return Items;
}

/** How many rows the table has. */
export async function countRows(service: TestService): Promise<number> {
  return (await allRows(service)).length;
}
