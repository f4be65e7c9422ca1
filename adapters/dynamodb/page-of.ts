import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { calling, type Row, type RowKey, type Table } from "./table.ts";

/** One page of a partition's rows whose sort key begins with `sk`, strongly consistent; `last` is the sort key behind which there are more. */
export async function pageOf(
  table: Table,
  { pk, sk }: RowKey,
  { after, limit, newestFirst = false }: { after?: string | undefined; limit: number; newestFirst?: boolean },
): Promise<{ rows: Row[]; last?: string }> {
  const { Items = [], LastEvaluatedKey } = await calling(() =>
    table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: sk === "" ? "pk = :pk" : "pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues: { ":pk": pk, ...(sk !== "" && { ":sk": sk }) },
        ConsistentRead: true,
        ScanIndexForward: !newestFirst,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
      }),
    ),
  );
  const last = LastEvaluatedKey?.sk;
  return { rows: Items as Row[], ...(typeof last === "string" && { last }) };
}
