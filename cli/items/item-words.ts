import * as z from "zod";
import { ceWords } from "../../core/digest/digest-body.ts";
import { indented } from "../wrap.ts";

/** What the API tells of an item. */
export const Item = z.object({
  feedId: z.string(),
  key: z.string(),
  title: z.string(),
  url: z.string(),
  summary: z.string(),
  topic: z.string(),
  source: z.string(),
  score: z.number().optional(),
  ceHours: z.number().optional(),
  publishedAt: z.string().optional(),
  firstSeenAt: z.string(),
  edition: z.string().optional(),
});
export type Item = z.infer<typeof Item>;

/** What the API tells of an edition. */
export const Edition = z.object({ edition: z.string(), items: z.array(Item) });

/** The items of an edition, some lines each. */
export function showEdition({ edition, items }: z.infer<typeof Edition>, columns: number): string {
  const lines = items.flatMap((item) => showItem(item, columns));
  const count = items.length === 1 ? "1 item" : `${items.length} items`;
  return [...lines, ...(items.length > 0 ? [""] : []), `Edition ${edition} has ${count}.`].join("\n");
}

function showItem({ key, title, url, topic, source, score = 0, ceHours, feedId }: Item, columns: number) {
  const hours = ceHours === undefined ? "" : `, ${ceWords(ceHours)}`;
  const hand = feedId === "MANUAL" ? `, by hand, key ${key}` : "";
  const points = `${score} ${Math.abs(score) === 1 ? "point" : "points"}`;
  return [
    ...indented(title, 0, columns),
    ...indented(`${source}, ${topic}, ${points}${hours}${hand}`, 4, columns),
    `    ${url}`,
  ];
}
