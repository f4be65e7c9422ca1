import type { ServiceManifest } from "../../infra/service.ts";
import { localAccount } from "../account.ts";
import type { Call } from "./is-granted.ts";

type Attributes = Record<string, Record<string, unknown>>;

/** As much of any request of DynamoDB as tells what it is about. */
export interface DynamoDbRequest {
  TableName?: string;
  IndexName?: string;
  Key?: Attributes;
  Item?: Attributes;
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Attributes;
  /** Of BatchGetItem, or of BatchWriteItem. */
  RequestItems?: Record<string, { Keys?: Attributes[] } | BatchWrite[]>;
}
interface BatchWrite {
  PutRequest?: { Item?: Attributes };
  DeleteRequest?: { Key?: Attributes };
}

/**
 * What a request does, and to which rows. A batch of statements is asked about one by one (local/partiql). Transactions,
 * which dynalite lacks, go by the name of the operation, which is no action of IAM and so never granted.
 */
export function dynamoDbCalls(
  manifest: ServiceManifest,
  region: string,
  operation: string,
  request: DynamoDbRequest,
): Call[] {
  const call = (table: string | undefined, index: string | undefined, rowKeys: string[]): Call => {
    const inIndex = index === undefined ? "" : `/index/${index}`;
    const ours = index === undefined ? "table" : `table/${index}`;
    return {
      action: `dynamodb:${operation}`,
      on: table === manifest.name ? ours : undefined,
      arn: table === undefined ? "*" : `arn:aws:dynamodb:${region}:${localAccount}:table/${table}${inIndex}`,
      rowKeys,
    };
  };
  const { partitionKey, indexes } = manifest.table;
  const { TableName, IndexName, Key, Item, RequestItems } = request;
  const keysIn = (rows: (Attributes | undefined)[]) =>
    rows.flatMap((row) => textOf(row?.[partitionKey]) ?? []);

  if (RequestItems)
    return Object.entries(RequestItems).map(([table, wanted]) =>
      call(table, undefined, keysIn(Array.isArray(wanted) ? wanted.map(written) : (wanted.Keys ?? []))),
    );
  const queried = indexes.find(({ name }) => name === IndexName)?.partitionKey ?? partitionKey;
  return [call(TableName, IndexName, [...keysIn([Key, Item]), ...conditionKeys(request, queried)])];
}

function written({ PutRequest, DeleteRequest }: BatchWrite): Attributes | undefined {
  return PutRequest?.Item ?? DeleteRequest?.Key;
}

/** The partition that a query names: its key has to be equal to one value. */
function conditionKeys(request: DynamoDbRequest, partitionKey: string): string[] {
  const { KeyConditionExpression = "", ExpressionAttributeNames, ExpressionAttributeValues } = request;
  return [...KeyConditionExpression.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)].flatMap(
    ([, name = "", value = ""]) =>
      (ExpressionAttributeNames?.[name] ?? name) === partitionKey
        ? (textOf(ExpressionAttributeValues?.[value]) ?? [])
        : [],
  );
}

function textOf(value: Record<string, unknown> | undefined): string | undefined {
  return value && String(Object.values(value)[0]);
}
