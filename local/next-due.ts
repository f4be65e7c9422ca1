import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { dueKinds, duePartitions } from "../core/due.ts";
import type { Instant } from "../core/time/instant.ts";
import type { TableSpec } from "../infra/service.ts";

/** The row for which something is to be done first. */
export interface NextDue {
  at: Instant;
  /** Partition and sort key. */
  key: string;
  /** Real time, epoch milliseconds, until which a worker holds the row. */
  leaseUntil?: number;
}

/** Finds the earliest row of the due index, or the earliest one after an instant. */
export async function findNextDue(
  client: DynamoDBClient,
  tableName: string,
  table: TableSpec,
  after?: Instant,
): Promise<NextDue | undefined> {
  const [index] = table.indexes;
  if (!index) throw new Error("The table has no due index.");
  const heads = await Promise.all(
    dueKinds.flatMap(duePartitions).map((partition) => headOf(client, tableName, index, partition, after)),
  );
  const earliest = heads
    .filter((item) => item !== undefined)
    .reduce<Item | undefined>((a, b) => (a && at(a) <= at(b) ? a : b), undefined);
  if (!earliest) return undefined;
  const pk = earliest[table.partitionKey] as AttributeValue;
  const sk = earliest[table.sortKey] as AttributeValue;
  const lease = await client.send(
    new GetItemCommand({
      TableName: tableName,
      Key: { [table.partitionKey]: pk, [table.sortKey]: sk },
      ProjectionExpression: "leaseUntil",
      ConsistentRead: true,
    }),
  );
  const leaseUntil = lease.Item?.leaseUntil?.N;
  const due = { at: at(earliest), key: `${pk.S} ${sk.S}` };
  return leaseUntil === undefined ? due : { ...due, leaseUntil: Number(leaseUntil) };

  function at(item: Item): Instant {
    return item[index?.sortKey ?? ""]?.S ?? "";
  }
}

type Item = Record<string, AttributeValue>;

async function headOf(
  client: DynamoDBClient,
  tableName: string,
  index: TableSpec["indexes"][number],
  partition: string,
  after: Instant | undefined,
): Promise<Item | undefined> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: index.name,
      KeyConditionExpression: after === undefined ? "#p = :p" : "#p = :p AND #s > :s",
      ExpressionAttributeNames: {
        "#p": index.partitionKey,
        ...(after === undefined ? {} : { "#s": index.sortKey }),
      },
      ExpressionAttributeValues: {
        ":p": { S: partition },
        ...(after === undefined ? {} : { ":s": { S: after } }),
      },
      Limit: 1,
    }),
  );
  return Items[0];
}
