import * as z from "zod";
import { type FeedSource, topics } from "../catalogue.ts";
import { linkMark } from "./item-key.ts";

/** A feed as an admin has it, by the id of one in the catalogue or by one of its own. */
export const FeedRow = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  topic: z.enum(topics),
  everyMinutes: z.number(),
  /** Not polled. */
  off: z.literal(true).exactOptional(),
  rev: z.number(),
});
export type FeedRow = z.infer<typeof FeedRow>;

/** A feed, and where it comes from: the catalogue, the catalogue as an admin has changed it, or an admin alone. */
export interface ListedFeed extends FeedSource {
  origin: "built-in" | "changed" | "own";
  off?: true;
}

/** All feeds: those of the catalogue in its order, each as an admin has changed it, then those that admins have added. */
export function joinFeeds(builtIn: readonly FeedSource[], rows: readonly FeedRow[]): ListedFeed[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const known = builtIn.map((source) => listed(source, byId.get(source.id)));
  const ids = new Set(builtIn.map(({ id }) => id));
  const own = rows.filter(({ id }) => !ids.has(id)).flatMap((row) => listed(undefined, row));
  return [...known, ...own.toSorted((one, other) => (one.id < other.id ? -1 : 1))];
}

/** One feed of the same; undefined if there is none of that id. */
export function joinFeed(
  builtIn: readonly FeedSource[],
  id: string,
  row: FeedRow | undefined,
): ListedFeed | undefined {
  const source = builtIn.find((feed) => feed.id === id);
  if (row) return listed(source, row);
  return source && listed(source, undefined);
}

/** Another feed of the same address. */
export function sameAddress(
  feeds: readonly ListedFeed[],
  { id, url }: Pick<FeedSource, "id" | "url">,
): ListedFeed | undefined {
  return feeds.find((other) => other.id !== id && linkMark(other.url) === linkMark(url));
}

function listed(source: FeedSource, row: FeedRow | undefined): ListedFeed;
function listed(source: FeedSource | undefined, row: FeedRow): ListedFeed;
function listed(source: FeedSource | undefined, row: FeedRow | undefined): ListedFeed {
  if (!row) return { ...(source as FeedSource), origin: "built-in" };
  const { rev: _, ...feed } = row;
  return { ...feed, origin: source ? "changed" : "own" };
}
