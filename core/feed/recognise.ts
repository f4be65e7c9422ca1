import * as z from "zod";
import type { FeedEntry } from "./feed-item.ts";
import { addressMark, linkMark, marksOf, plainTitle, shortHash, titleMark } from "./item-key.ts";

/** An item as it once stood under a mark; titles and addresses as hashes. */
export const SeenAs = z.object({
  key: z.string(),
  /** The feed whose item it is. */
  feed: z.string(),
  /** The feed that had it so; absent if it is the same. */
  by: z.string().exactOptional(),
  title: z.string(),
  day: z.string().exactOptional(),
  link: z.string().exactOptional(),
  /** When the item was first seen, under whatever mark. */
  at: z.string(),
  /** Found when the feed was new, and too old to be news: there is no row of it. */
  old: z.literal(true).exactOptional(),
});
export type SeenAs = z.infer<typeof SeenAs>;

/** What stood under each mark, the newest first. */
export type Seen = ReadonlyMap<string, readonly SeenAs[]>;

/** An entry, and the item that it is. */
export interface Recognised {
  entry: FeedEntry;
  marks: string[];
  /** How it is to stand under each of its marks. */
  as: SeenAs;
  /** Nobody knew of it. */
  isNew: boolean;
  /** Another item has had its address: one that is there already does not take it as its own. */
  isAtAnother: boolean;
}

/** How what is seen for the first time is to be kept. */
export interface NewlySeen {
  /** Whether an entry that nobody knew of is too old to be news. */
  isOld?: (entry: FeedEntry) => boolean;
  /** Whether what another feed found too old becomes an item of ours. */
  takesOld?: boolean;
  /** Whether whatever stands under a mark of this item now is meant to correct it. */
  corrects?: (view: SeenAs) => boolean;
}

/** Entries of one document under one mark from which on it names none of them. */
const crowd = 20;
/**
 * Under an address of another feed's item, another headline of so many days around is the same story; and under guid and
 * address of a feed's own item, another title of so many days around is that item, mended and dated anew.
 */
const sameStoryDays = 3;

/**
 * Tells which items the entries of a document are. A mark that is known means the same item, unless it is another post:
 * its title is another, and so is its day, or, where one of both days is unknown, its address. Two entries of one document
 * with titles of their own are two posts, whatever they share.
 */
export function recognise(
  feedId: string,
  entries: readonly FeedEntry[],
  known: Seen,
  { now, isOld, takesOld, corrects }: { now: string } & NewlySeen,
): Recognised[] {
  const asked = askedOf(feedId, entries);
  const found = asked.map((one) => viewsOf(one, known).find(hasTitle(one)));
  const taken = new Set(found.flatMap((view) => view?.key ?? []));
  const here = new Map(known);
  return asked.map((one, index) => {
    const views = viewsOf(one, here);
    const view =
      found[index] ??
      views.find(hasTitle(one)) ??
      views.find((seen) => corrects?.(seen)) ??
      samePost(feedId, one, views, { taken, sure: underAll(one, here) });
    const { entry, marks, title, day, link } = one;
    const shown = { title, ...(day && { day }), link };
    const taking = view?.old && takesOld;
    const as: SeenAs =
      view && !taking
        ? { ...originOf(view), ...(view.feed !== feedId && { by: feedId }), ...shown }
        : {
            key: view?.key ?? keyOf(one),
            feed: feedId,
            at: now,
            ...(isOld?.(entry) && { old: true as const }),
            ...shown,
          };
    const isAtAnother = (here.get(addressMark(entry.url)) ?? []).some(({ key }) => key !== as.key);
    taken.add(as.key);
    for (const mark of marks) here.set(mark, [as, ...(here.get(mark) ?? [])]);
    return { entry, marks, as, isNew: view === undefined, isAtAnother };
  });
}

/** What an entry is asked by. */
interface Asked {
  entry: FeedEntry;
  marks: string[];
  title: string;
  day: string | undefined;
  link: string;
}

/** The marks that the entries of a document are asked by, each once. */
export function marksIn(feedId: string, entries: readonly FeedEntry[]): string[] {
  return [...new Set(askedOf(feedId, entries).flatMap(({ marks }) => marks))];
}

function askedOf(feedId: string, entries: readonly FeedEntry[]): Asked[] {
  const crowded = crowdedMarks(feedId, entries);
  return entries.map((entry) => {
    const marks = marksOf(feedId, entry).filter((mark) => !crowded.has(mark));
    return {
      entry,
      marks: marks.length > 0 ? marks : [titleMark(feedId, entry)],
      title: shortHash(plainTitle(entry.title)),
      day: entry.publishedAt?.slice(0, 10),
      link: shortHash(linkMark(entry.url)),
    };
  });
}

/** Some feeds give all their entries one guid, or the address of one page. */
function crowdedMarks(feedId: string, entries: readonly FeedEntry[]): Set<string> {
  const titles = new Map<string, Set<string>>();
  for (const entry of entries)
    for (const mark of marksOf(feedId, entry))
      titles.set(mark, (titles.get(mark) ?? new Set()).add(plainTitle(entry.title)));
  return new Set([...titles].flatMap(([mark, { size }]) => (size > crowd ? [mark] : [])));
}

/** What stood under an entry's marks: its guid says more than its address, which others may have. */
function viewsOf({ marks }: Asked, seen: Seen): SeenAs[] {
  return marks.toReversed().flatMap((mark) => seen.get(mark) ?? []);
}

function hasTitle(one: Asked): (view: SeenAs) => boolean {
  return ({ title }) => title === one.title;
}

function samePost(
  feedId: string,
  one: Asked,
  viewed: readonly SeenAs[],
  { taken, sure }: { taken: ReadonlySet<string>; sure: ReadonlySet<string> },
): SeenAs | undefined {
  const views = viewed.filter(({ key }) => !taken.has(key));
  const own = new Set(views.filter((view) => seenBy(view) === feedId).map(({ key }) => key));
  return views.find((view) => {
    // How this feed itself had it tells more than how others had it.
    if (seenBy(view) !== feedId && own.has(view.key)) return false;
    if (!view.day || !one.day) return view.link === one.link;
    const mended = view.link === one.link && sure.has(view.key);
    return daysBetween(view.day, one.day) <= (seenBy(view) === feedId && !mended ? 0 : sameStoryDays);
  });
}

/** The items that stand under both the address and the guid of an entry. */
function underAll({ marks }: Asked, seen: Seen): Set<string> {
  const [first = [], second = []] = marks.map((mark) => (seen.get(mark) ?? []).map(({ key }) => key));
  return new Set(marks.length > 1 ? first.filter((key) => second.includes(key)) : []);
}

function seenBy({ by, feed }: SeenAs): string {
  return by ?? feed;
}

function daysBetween(one: string, other: string): number {
  return Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000;
}

function originOf({ key, feed, at, old }: SeenAs): Pick<SeenAs, "key" | "feed" | "at" | "old"> {
  return { key, feed, at, ...(old && { old }) };
}

/** The key of a post that nobody knew of: whoever polls at the same time makes the same. */
function keyOf({ marks, title, day, link }: Asked): string {
  return shortHash([marks.at(-1), title, day ?? link]);
}
