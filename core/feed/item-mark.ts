import * as z from "zod";
import { addDays, type Instant } from "../time/instant.ts";
import { SeenAs } from "./recognise.ts";

/** A mark by which items are known, with what stood under it, the newest first. */
export const ItemMark = z.object({
  mark: z.string(),
  seen: z.array(SeenAs),
  rev: z.number(),
  /** Until when it is kept; put off while a feed still lists it. */
  keptUntil: z.string(),
});
export type ItemMark = z.infer<typeof ItemMark>;

/** As long as an item is kept, so that none comes back as new. */
const leastDays = 400;
/** So much longer that it is put off once a month, and not at every poll. */
const graceDays = 30;
/** Ways in which posts stood under one mark that are remembered. */
const mostSeen = 30;

/** The mark after it was seen so; undefined if there is nothing to write. */
export function markAfter(
  mark: string,
  before: ItemMark | undefined,
  seen: readonly SeenAs[],
  now: Instant,
): ItemMark | undefined {
  const known = before?.seen ?? [];
  const news = seen.filter((view) => !known.some((other) => isSame(view, other)));
  const fresh = before !== undefined && before.keptUntil >= addDays(now, leastDays);
  if (news.length === 0 && fresh) return undefined;
  const rest = known.filter((view) => !news.some((other) => replaces(other, view)));
  return {
    mark,
    seen: [...news, ...rest].slice(0, mostSeen),
    rev: (before?.rev ?? 0) + 1,
    keptUntil: addDays(now, leastDays + graceDays),
  };
}

function isSame(one: SeenAs, other: SeenAs): boolean {
  return replaces(one, other) && one.day === other.day && one.link === other.link && one.old === other.old;
}

/** The same post by the same feed under the same title: a date that was bumped takes the place of the one before. */
function replaces(one: SeenAs, other: SeenAs): boolean {
  return one.key === other.key && one.feed === other.feed && one.by === other.by && one.title === other.title;
}
