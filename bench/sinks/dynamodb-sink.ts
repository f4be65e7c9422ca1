import type { Counts, Mischief } from "./counts.ts";
import { keyOf, readStatement } from "./statement.ts";
import { itemBytes, readUnits, type WireItem, type WireValue, writeUnits } from "./units.ts";

interface Asked {
  Item?: WireItem;
  Key?: WireItem;
  ConsistentRead?: boolean;
  ExpressionAttributeValues?: WireItem;
  RequestItems?: Record<string, { Keys: WireItem[]; ConsistentRead?: boolean }>;
  Statements?: { Statement: string; Parameters?: WireValue[]; ConsistentRead?: boolean }[];
}

/** Attributes by which a row stands in an index. */
const indexKeys = ["due", "roster", "news"];

/** Answers DynamoDB's calls. It remembers which rows there are and how long, and checks no condition but INSERT's. */
export function dynamodbSink(
  counts: Counts,
  mischief: Mischief,
): (operation: string, asked: Asked) => object {
  const rows = new Map<string, number>();
  let refused = 0;

  const write = (key: string, bytes: number) => {
    rows.set(key, bytes);
    counts.writeUnits += writeUnits(bytes);
    return {};
  };
  // A row that was there may keep what is replaced: the longer of both is what is charged.
  const change = (key: string, bytes: number) => write(key, (rows.get(key) ?? 0) + bytes);
  const read = (key: string, consistent = false) => {
    counts.readUnits += readUnits(rows.get(key) ?? 0, consistent);
  };
  const refuses = () => {
    refused += mischief.refuseShare;
    if (refused < 1) return false;
    refused -= 1;
    return true;
  };

  const run = ({ Statement, Parameters = [], ConsistentRead }: NonNullable<Asked["Statements"]>[number]) => {
    const { verb, item, key } = readStatement(Statement, Parameters);
    if (verb === "SELECT") return read(key, ConsistentRead) ?? {};
    const taken = verb === "INSERT" && rows.has(key);
    if (!taken && !refuses()) {
      if (verb === "INSERT") {
        write(key, itemBytes(item));
        counts.indexUnits += indexKeys.filter((name) => item[name]).length;
      } else change(key, itemBytes(item));
      return {};
    }
    // A refused write is charged like one that was carried out.
    counts.writeUnits += writeUnits(rows.get(key) ?? 0);
    const code = verb === "INSERT" ? "DuplicateItem" : "ConditionalCheckFailed";
    return { Error: { Code: (!taken && mischief.refuseCode) || code, Message: "refused" } };
  };

  return (operation, asked) => {
    switch (operation) {
      case "PutItem":
        return write(keyOf(asked.Item ?? {}), itemBytes(asked.Item ?? {}));
      case "UpdateItem":
        return change(
          keyOf(asked.Key ?? {}),
          itemBytes({ ...asked.Key, ...asked.ExpressionAttributeValues }),
        );
      case "GetItem":
        read(keyOf(asked.Key ?? {}), asked.ConsistentRead);
        return {};
      case "BatchGetItem":
        for (const { Keys, ConsistentRead } of Object.values(asked.RequestItems ?? {}))
          for (const key of Keys) read(keyOf(key), ConsistentRead);
        return { Responses: {}, UnprocessedKeys: {} };
      case "Query":
        counts.readUnits += readUnits(0, asked.ConsistentRead ?? false);
        return { Items: [], Count: 0, ScannedCount: 0 };
      case "BatchExecuteStatement":
        return { Responses: (asked.Statements ?? []).map(run) };
      default:
        throw new Error(`The sink does not know ${operation}`);
    }
  };
}
