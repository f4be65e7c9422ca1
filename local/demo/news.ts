import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import type { Environment } from "../environment.ts";
import type { FeedHealth } from "../feed-report.ts";
import type { Runtime } from "../runtime.ts";
import type { LocalSes } from "../ses/start-local-ses.ts";
import type { DemoFeeds } from "./start-feeds.ts";

/** What DynamoDB holds of one item. */
export interface StoredItem {
  feed: string;
  topic: string;
  /** The edition of the digest that it belongs to, if to any. */
  edition: string | undefined;
}

/** What came of the feeds. */
export interface News {
  states: FeedHealth[];
  items: StoredItem[];
  /** How many digests came, by edition. */
  digests: Map<string, number>;
}

/** Reads what the feeds left behind, in DynamoDB and in the mailboxes. */
export async function readNews(runtime: Runtime, ses: LocalSes): Promise<News> {
  return {
    states: await runtime.feeds(),
    items: await readItems(runtime.operatorEnvironment()),
    digests: digestsIn(ses),
  };
}

function digestsIn(ses: LocalSes): Map<string, number> {
  const editions = ses.mails().flatMap(({ tags }) => /^digest_(.*)$/.exec(tags.mailing ?? "")?.[1] ?? []);
  const counted = Map.groupBy(editions, (edition) => edition);
  return new Map([...counted].map(([edition, { length }]) => [edition, length]));
}

async function readItems(environment: Environment): Promise<StoredItem[]> {
  const client = new DynamoDBClient({
    region: environment.AWS_REGION ?? "",
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? "",
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? "",
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? "",
    },
  });
  const items: StoredItem[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName: environment.TABLE_NAME,
      FilterExpression: "begins_with(pk, :feed) AND begins_with(sk, :item)",
      ExpressionAttributeValues: { ":feed": { S: "FEED#" }, ":item": { S: "ITEM#" } },
    },
  );
  for await (const { Items = [] } of pages)
    for (const { feedId, topic, edition } of Items)
      items.push({ feed: feedId?.S ?? "?", topic: topic?.S ?? "?", edition: edition?.S });
  client.destroy();
  return items;
}

/** Holds what came of the feeds against what their documents must give, and against how the hostile ones must end. */
export function checkNews(
  { news, documents, hostile }: Pick<DemoFeeds, "news" | "documents" | "hostile">,
  { states, items }: Pick<News, "states" | "items">,
): string[] {
  const stateOf = (id: string) => states.find(({ feed }) => feed === id);
  const countOf = (id: string) => items.filter(({ feed }) => feed === id).length;
  return [
    ...[...news, ...documents.map(({ id }) => id)].flatMap((id) => {
      const { health = "never polled", error } = stateOf(id) ?? {};
      const how = [health, error].filter(Boolean).join(" ");
      return health === "ok" ? [] : [`feed ${id} is ${how}, though its document can be read`];
    }),
    ...documents.flatMap(({ id, count }) =>
      countOf(id) === count ? [] : [`feed ${id} gave ${countOf(id)} items, not ${count}`],
    ),
    ...hostile.flatMap(({ id, code }) => {
      const error = stateOf(id)?.error ?? "not refused";
      return error === code ? [] : [`feed ${id} is ${error}, though it must be refused as ${code}`];
    }),
    ...hostile.flatMap(({ id }) => (countOf(id) === 0 ? [] : [`feed ${id} gave items`])),
  ];
}
