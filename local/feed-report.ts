import { type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";

/** How it stands with one feed after its last poll. */
export interface FeedHealth {
  feed: string;
  health: string;
  /** Why the last poll failed. */
  error?: string;
}

/** How it stands with every feed that has been polled. Reads the whole table, which is nothing on a local one. */
export async function reportFeeds(
  client: DynamoDBClient,
  tableName: string,
  keys: { partitionKey: string; sortKey: string },
): Promise<FeedHealth[]> {
  const feeds: FeedHealth[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      FilterExpression: "begins_with(#pk, :feed) AND #sk = :state",
      ExpressionAttributeNames: { "#pk": keys.partitionKey, "#sk": keys.sortKey },
      ExpressionAttributeValues: { ":feed": { S: "FEED#" }, ":state": { S: "STATE" } },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      feeds.push({
        feed: item.feedId?.S ?? "?",
        health: item.health?.S ?? "?",
        ...(item.lastError?.S && { error: item.lastError.S }),
      });
    }
  }
  return feeds.sort((a, b) => (a.feed < b.feed ? -1 : 1));
}

/** The same in one line: `12 well, 3 failing (not-resolved 2, html 1)`. */
export function feedWords(feeds: FeedHealth[]): string {
  const failing = feeds.filter(({ health }) => health === "failing");
  const well = `${feeds.length - failing.length} well`;
  if (failing.length === 0) return well;
  const causes = Map.groupBy(failing, ({ error = "unknown" }) => error);
  const told = [...causes].map(([cause, { length }]) => `${cause} ${length}`).join(", ");
  return `${well}, ${failing.length} failing (${told}); each is tried again later, everything else goes on`;
}
