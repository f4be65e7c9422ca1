import { type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";

/** How it stands with one feed after its last poll. */
export interface FeedHealth {
  feed: string;
  health: string;
  /** When it is polled again. */
  next?: string;
  /** Why the last poll failed. */
  error?: string;
  /** The address that its host names as its new one. */
  movedTo?: string;
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
        ...(item.nextPollAt?.S && { next: item.nextPollAt.S }),
        ...(item.lastError?.S && { error: item.lastError.S }),
        ...(item.movedTo?.S && { movedTo: item.movedTo.S }),
      });
    }
  }
  return feeds.sort((a, b) => (a.feed < b.feed ? -1 : 1));
}

/** The same in one line: `12 well, 3 failing (not-resolved 2, html 1)`; without a network, that there may be none. */
export function feedWords(feeds: FeedHealth[]): string {
  if (feeds.length > 1 && feeds.every(({ error }) => error === "not-resolved"))
    return `none of the ${feeds.length} has an address just now (not-resolved): is this machine offline? Each is tried again later, everything else goes on`;
  const troubled = feeds.filter(({ health }) => health !== "ok");
  const parts = ["failing", "blocked"].flatMap((health) => {
    const those = troubled.filter((feed) => feed.health === health);
    if (those.length === 0) return [];
    const causes = Map.groupBy(those, ({ error = "unknown" }) => error);
    return `${those.length} ${health} (${[...causes].map(([cause, { length }]) => `${cause} ${length}`).join(", ")})`;
  });
  const well = `${feeds.length - troubled.length} well`;
  const moved = feeds.filter(({ movedTo }) => movedTo !== undefined).map(({ feed }) => feed);
  const told = moved.length > 0 ? [`${moved.join(", ")} moved for good: stepletter feeds list`] : [];
  if (parts.length === 0) return [well, ...told].join("; ");
  return [`${[well, ...parts].join(", ")}; each is tried again later, everything else goes on`, ...told].join(
    "; ",
  );
}
