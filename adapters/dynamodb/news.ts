import * as z from "zod";
import { topics } from "../../core/catalogue.ts";
import type { News } from "../../core/digest/digest-ports.ts";
import type { Edition } from "../../core/digest/edition.ts";
import type { NewsItem } from "../../core/feed/feed-item.ts";
import { newestRows, type Row, type Table } from "./table.ts";

/** An item as the index `news` projects it. */
export const NewsRow = z.object({
  title: z.string(),
  url: z.string(),
  summary: z.string(),
  topic: z.enum(topics),
  source: z.string(),
  score: z.number().exactOptional(),
  ceHours: z.number().exactOptional(),
  publishedAt: z.string().exactOptional(),
  newsAt: z.string(),
});

/** Items of all feeds, by edition. */
export function dynamoNews(table: Table): News {
  return {
    inEdition: async (edition, limit) => (await newsRows(table, edition, limit)).map(toNewsItem),
  };
}

/** Rows of an edition as the index has them, those seen last first. */
export function newsRows(table: Table, edition: Edition, limit: number): Promise<Row[]> {
  const index = { name: "news", partitionKey: "news", partition: newsPartition(edition) };
  return newestRows(table, index, limit);
}

/** Where an edition's items stand in the index. */
export function newsPartition(edition: Edition): string {
  return `news#${edition}`;
}

/** What a digest shows of a row. */
export function toNewsItem(row: Row): NewsItem {
  const { newsAt, ...item } = NewsRow.parse(row);
  return { ...item, firstSeenAt: newsAt };
}
