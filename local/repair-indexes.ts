import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import type { TableSpec } from "../infra/service.ts";

type Row = Record<string, AttributeValue>;

/**
 * Brings the indexes of a local table back in line with its rows. The emulator writes index and row one after
 * the other, so a kill in between leaves an entry that has no such row, or a row without its entry; the real
 * thing does neither. Writing a row anew makes its entry; a false entry goes when its row takes on the entry's
 * keys for a moment and gives them up again.
 */
export async function repairIndexes(
  client: DynamoDBClient,
  tableName: string,
  table: TableSpec,
): Promise<void> {
  const rows = new Map((await scan(client, tableName)).map((row) => [idOf(table, row), row]));
  for (const { name, partitionKey, sortKey } of table.indexes) {
    const keysOf = (row: Row) => `${row[partitionKey]?.S} ${row[sortKey]?.S}`;
    const found = new Set<string>();
    for (const entry of await scan(client, tableName, name)) {
      const id = idOf(table, entry);
      const row = rows.get(id);
      if (row && keysOf(row) === keysOf(entry)) found.add(id);
      else await dropEntry(client, tableName, table, entry, row);
    }
    for (const [id, row] of rows) {
      const indexed = row[partitionKey] !== undefined && row[sortKey] !== undefined;
      if (indexed && !found.has(id))
        await client.send(new PutItemCommand({ TableName: tableName, Item: row }));
    }
  }
}

async function dropEntry(
  client: DynamoDBClient,
  tableName: string,
  table: TableSpec,
  entry: Row,
  row: Row | undefined,
): Promise<void> {
  await client.send(new PutItemCommand({ TableName: tableName, Item: { ...row, ...entry } }));
  if (row) {
    await client.send(new PutItemCommand({ TableName: tableName, Item: row }));
    return;
  }
  const Key = Object.fromEntries(
    [table.partitionKey, table.sortKey].map((name) => [name, entry[name] ?? { S: "" }]),
  );
  await client.send(new DeleteItemCommand({ TableName: tableName, Key }));
}

async function scan(client: DynamoDBClient, TableName: string, IndexName?: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName, ...(IndexName && { IndexName }) },
  )) {
    rows.push(...Items);
  }
  return rows;
}

function idOf(table: TableSpec, row: Row): string {
  return `${row[table.partitionKey]?.S} ${row[table.sortKey]?.S}`;
}
