import { AppError } from "../errors.ts";
import { forEvery } from "../every.ts";
import type { Instant } from "../time/instant.ts";
import type { FeedEntry } from "./feed-item.ts";
import type { ItemMarks } from "./feed-ports.ts";
import { type ItemMark, markAfter } from "./item-mark.ts";
import { marksIn, type NewlySeen, type Recognised, recognise, type SeenAs } from "./recognise.ts";

/** How often it is tried when another feed was there first, at this very moment. */
const patience = 5;

/**
 * Recognises the entries of a document and stores what they are known by, before there is a row of any: a crash after it
 * leaves marks that name the items to come. Addresses are stored first, since two feeds may have one at the same time:
 * whoever comes second looks again, and finds the other's item.
 * @throws AppError `feed.marks-contended` when others are always first.
 */
export async function keepMarks(
  { itemMarks }: { itemMarks: ItemMarks },
  feedId: string,
  entries: readonly FeedEntry[],
  how: { now: Instant } & NewlySeen,
): Promise<Recognised[]> {
  const asked = marksIn(feedId, entries);
  for (let tries = 0; tries < patience; tries++) {
    const before = await itemMarks.loadMarks(asked);
    const known = new Map([...before].map(([mark, { seen }]) => [mark, seen]));
    const recognised = recognise(feedId, entries, known, how);
    const changed = [...seenUnder(recognised)].flatMap(
      ([mark, seen]) => markAfter(mark, before.get(mark), seen, how.now) ?? [],
    );
    const first = new Set(recognised.map(({ marks }) => marks[0]));
    const [firsts, others] = [true, false].map((isFirst) =>
      changed.filter(({ mark }) => first.has(mark) === isFirst),
    );
    if ((await saveAll(itemMarks, firsts)) && (await saveAll(itemMarks, others))) return recognised;
  }
  throw new AppError("unavailable", "feed.marks-contended", "Others store the same items at this moment");
}

/** Whether nobody else was there first. */
async function saveAll(itemMarks: ItemMarks, marks: ItemMark[] = []): Promise<boolean> {
  let saved = 0;
  await forEvery(marks, async (mark) => {
    if (await itemMarks.saveMark(mark)) saved++;
  });
  return saved === marks.length;
}

/** What is seen under each mark, the first of the document first. */
function seenUnder(recognised: Recognised[]): Map<string, SeenAs[]> {
  const seen = new Map<string, SeenAs[]>();
  for (const { marks, as } of recognised)
    for (const mark of marks) seen.set(mark, [...(seen.get(mark) ?? []), as]);
  return seen;
}
