import { setTimeout } from "node:timers/promises";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { type DueKind, duePartitions } from "../../core/due.ts";
import { AppError } from "../../core/errors.ts";

/** The one table, and what rows look like before a schema has read them. */
export interface Table {
  client: DynamoDBDocumentClient;
  name: string;
}
export interface RowKey {
  pk: string;
  sk: string;
}
export type Row = RowKey & Record<string, unknown>;

/** Version that every row carries; readers accept the one before, too. */
export const rowVersion = 1;

const keysPerRead = 100;
const longestPauseMs = 1_600;

/** A strongly consistent read. */
export async function getRow(table: Table, key: RowKey): Promise<Row | undefined> {
  const { Item } = await calling(() =>
    table.client.send(
      new GetCommand({ TableName: table.name, Key: { pk: key.pk, sk: key.sk }, ConsistentRead: true }),
    ),
  );
  return Item as Row | undefined;
}

/** Reads by key, strongly consistent unless told otherwise, in any order; keys without a row are left out. */
export async function getRows(
  table: Table,
  keys: RowKey[],
  { consistent = true }: { consistent?: boolean } = {},
): Promise<Row[]> {
  const rows: Row[] = [];
  const wanted = [...new Map(keys.map(({ pk, sk }) => [`${pk} ${sk}`, { pk, sk }])).values()];
  for (let pauseMs = 25; wanted.length > 0; ) {
    const Keys = wanted.splice(0, keysPerRead);
    const answer = await calling(() =>
      table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys, ConsistentRead: consistent } } }),
      ),
    );
    rows.push(...((answer.Responses?.[table.name] ?? []) as Row[]));
    const unprocessed = (answer.UnprocessedKeys?.[table.name]?.Keys ?? []) as RowKey[];
    wanted.push(...unprocessed);
    if (unprocessed.length === 0) continue;
    await setTimeout(pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
  return rows;
}

/** Strongly consistent: all rows of a partition whose sort key begins with `sk`, in its order. */
export async function rowsUnder(table: Table, { pk, sk }: RowKey): Promise<Row[]> {
  const rows: Row[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await calling(() =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
          ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
          ConsistentRead: true,
          ...(start && { ExclusiveStartKey: start }),
        }),
      ),
    );
    rows.push(...((answer.Items ?? []) as Row[]));
    start = answer.LastEvaluatedKey;
  } while (start);
  return rows;
}

/** Deletes a row, if it is there. */
export async function deleteRow(table: Table, { pk, sk }: RowKey): Promise<void> {
  await calling(() => table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } })));
}

/** Deletes a row on a condition; false if that does not hold. */
export async function deleteRowIf(table: Table, { pk, sk }: RowKey, condition: Condition): Promise<boolean> {
  return conditional(() =>
    table.client.send(
      new DeleteCommand({ TableName: table.name, Key: { pk, sk }, ...expressionOf(condition) }),
    ),
  );
}

/** Puts a row; with a condition, false if that does not hold. */
export async function putRow(table: Table, row: Row, condition?: Condition): Promise<boolean> {
  return conditional(() =>
    table.client.send(
      new PutCommand({ TableName: table.name, Item: { v: rowVersion, ...row }, ...expressionOf(condition) }),
    ),
  );
}

/** `#name` stands for an attribute, `:name` for one of `values`. */
export interface Condition {
  when: string;
  values?: Record<string, unknown>;
}

/** What an update sets and removes; an attribute set to undefined is left as it is. */
export interface Change {
  set?: Record<string, unknown>;
  remove?: string[];
}

/** Changes a row on a condition; false if that does not hold. */
export async function updateRow(
  table: Table,
  key: RowKey,
  change: Change,
  condition: Condition,
): Promise<boolean> {
  const set = Object.entries(change.set ?? {}).filter(([, value]) => value !== undefined);
  const update = [
    set.length > 0 ? `SET ${set.map(([name]) => `#${name} = :set_${name}`).join(", ")}` : "",
    change.remove?.length ? `REMOVE ${change.remove.map((name) => `#${name}`).join(", ")}` : "",
  ].join(" ");
  const values = {
    ...condition.values,
    ...Object.fromEntries(set.map(([name, value]) => [`set_${name}`, value])),
  };
  return conditional(() =>
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: key.pk, sk: key.sk },
        UpdateExpression: update,
        ...expressionOf({ when: condition.when, values }, update),
      }),
    ),
  );
}

/**
 * Sets one attribute of an existing row unless it has it already; answers the row, or undefined if there is none
 * of which the condition holds. The attribute's name may be any.
 */
export async function setOnce(
  table: Table,
  key: RowKey,
  attribute: { name: string; value: unknown },
  { when, values }: Condition = { when: "attribute_exists(#pk)" },
): Promise<Row | undefined> {
  let row: Row | undefined;
  const attributes = attributesOf(when, { ...values, value: attribute.value });
  await conditional(async () => {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: key.pk, sk: key.sk },
        UpdateExpression: "SET #name = if_not_exists(#name, :value)",
        ConditionExpression: when,
        ...attributes,
        ExpressionAttributeNames: { ...attributes.ExpressionAttributeNames, "#name": attribute.name },
        ReturnValues: "ALL_NEW",
      }),
    );
    row = Attributes as Row;
  });
  return row;
}

/** Sets one attribute of a row on a condition; false if that does not hold. The attribute's name may be any. */
export async function setNamed(
  table: Table,
  key: RowKey,
  attribute: { name: string; value: unknown },
  { when, values }: Condition,
): Promise<boolean> {
  const attributes = attributesOf(when, { ...values, value: attribute.value });
  return conditional(() =>
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: key.pk, sk: key.sk },
        UpdateExpression: "SET #name = :value",
        ConditionExpression: when,
        ...attributes,
        ExpressionAttributeNames: { ...attributes.ExpressionAttributeNames, "#name": attribute.name },
      }),
    ),
  );
}

/**
 * Sets one attribute of an existing row to the least value that it was ever given, and answers the row; undefined if
 * there is none. The attribute's name may be any. A row that has the attribute `unless` stays as it is.
 */
export async function setLeast(
  table: Table,
  key: RowKey,
  attribute: { name: string; value: string },
  unless: string,
): Promise<Row | undefined> {
  const when = `attribute_exists(#pk) AND attribute_not_exists(#${unless}) AND (attribute_not_exists(#name) OR #name > :value)`;
  const attributes = attributesOf(when, { value: attribute.value });
  let row: Row | undefined;
  const least = await conditional(async () => {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: key.pk, sk: key.sk },
        UpdateExpression: "SET #name = :value",
        ConditionExpression: when,
        ...attributes,
        ExpressionAttributeNames: { ...attributes.ExpressionAttributeNames, "#name": attribute.name },
        ReturnValues: "ALL_NEW",
      }),
    );
    row = Attributes as Row;
  });
  return least ? row : getRow(table, key);
}

/** Rows of a kind that are due at `now`, oldest first within a shard; the attributes that the index projects. */
export async function dueRows(table: Table, kind: DueKind, now: string, limit: number): Promise<Row[]> {
  const shards = duePartitions(kind);
  const perShard = await Promise.all(
    shards.map((partition) =>
      calling(() =>
        table.client.send(
          new QueryCommand({
            TableName: table.name,
            IndexName: "due",
            KeyConditionExpression: "#due = :due AND #dueAt <= :now",
            ExpressionAttributeNames: { "#due": "due", "#dueAt": "dueAt" },
            ExpressionAttributeValues: { ":due": partition, ":now": now },
            Limit: Math.ceil(limit / shards.length),
          }),
        ),
      ),
    ),
  );
  return perShard.flatMap((answer) => (answer.Items ?? []) as Row[]);
}

/** The newest rows of one partition of an index, by its sort key; the attributes that the index projects. */
export async function newestRows(
  table: Table,
  index: { name: string; partitionKey: string; partition: string },
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start: Record<string, unknown> | undefined; rows.length < limit; ) {
    const answer = await calling(() =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: index.name,
          KeyConditionExpression: "#partition = :partition",
          ExpressionAttributeNames: { "#partition": index.partitionKey },
          ExpressionAttributeValues: { ":partition": index.partition },
          ScanIndexForward: false,
          Limit: limit - rows.length,
          ...(start && { ExclusiveStartKey: start }),
        }),
      ),
    );
    rows.push(...((answer.Items ?? []) as Row[]));
    start = answer.LastEvaluatedKey;
    if (!start) break;
  }
  return rows;
}

/** One page of an index, by its sort key; `more` tells whether rows follow. */
export async function queryIndex(
  table: Table,
  query: { index: string; limit: number } & Condition,
): Promise<{ rows: Row[]; more: boolean }> {
  const { Items = [], LastEvaluatedKey } = await calling(() =>
    table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: query.index,
        KeyConditionExpression: query.when,
        ...attributesOf(query.when, query.values),
        Limit: query.limit,
      }),
    ),
  );
  return { rows: Items as Row[], more: LastEvaluatedKey !== undefined };
}

function expressionOf(condition: Condition | undefined, update = "") {
  if (!condition) return {};
  const { when, values } = condition;
  return { ConditionExpression: when, ...attributesOf(`${update} ${when}`, values) };
}

/** What the `#names` and `:values` of an expression stand for. */
function attributesOf(expression: string, given: Condition["values"] = {}) {
  const names = [...expression.matchAll(/#(\w+)/g)].map(([alias, name]) => [alias, name]);
  const values = Object.entries(given).map(([name, value]) => [`:${name}`, value]);
  return {
    ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) }),
    ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
  };
}

/** Writes; false if the condition does not hold. */
export async function conditional(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw unavailable(error);
  }
}

/** Calls, and translates what goes wrong. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(cause: unknown): AppError {
  const name = cause instanceof Error ? cause.name : "unknown";
  return new AppError("unavailable", "dynamodb.unavailable", `DynamoDB did not answer: ${name}`, { cause });
}
