import { type AttributeValue, type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";

/** What became of all mails, and those of which nobody knows whether they were sent. */
export interface DeliveryReport {
  counts: Record<string, number>;
  unknown: { mailing: string; subscriberId: string }[];
}

/** Counts the ledger by state. Reads the whole table, which is nothing on a local one. */
export async function reportDeliveries(
  client: DynamoDBClient,
  tableName: string,
  keys: { partitionKey: string; sortKey: string },
): Promise<DeliveryReport> {
  const report: DeliveryReport = { counts: {}, unknown: [] };
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      FilterExpression: "begins_with(#sk, :mail)",
      ProjectionExpression: "#pk, #sk, #state",
      ExpressionAttributeNames: { "#pk": keys.partitionKey, "#sk": keys.sortKey, "#state": "state" },
      ExpressionAttributeValues: { ":mail": { S: mailPrefix } },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) add(report, item);
  }
  return report;

  function add({ counts, unknown }: DeliveryReport, item: Record<string, AttributeValue>): void {
    const state = item.state?.S ?? "?";
    counts[state] = (counts[state] ?? 0) + 1;
    if (state !== "unknown") return;
    unknown.push({
      mailing: (item[keys.sortKey]?.S ?? "").slice(mailPrefix.length),
      subscriberId: (item[keys.partitionKey]?.S ?? "").replace(/^SUB#/, ""),
    });
  }
}

const mailPrefix = "MAIL#";
