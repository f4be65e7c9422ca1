import * as z from "zod";
import { topics } from "../../core/catalogue.ts";
import type { News } from "../../core/digest/digest-ports.ts";
import type { Edition } from "../../core/digest/edition.ts";
import type { NewsItem } from "../../core/feed/feed-item.ts";
import { newestRows, type Row, type Table } from "./table.ts";

/** An item as the index `news` projects it. */
const NewsRow = z.object({
  title: z.string(),
  url: z.string(),
  summary: z.string(),
  topic: z.enum(topics),
  source: z.string(),
  score: z.number().exactOptional(),
  publishedAt: z.string().optional(),
  newsAt: z.string(),
});

/** Items of all feeds, by edition. */
export function dynamoNews(table: Table): News {
  return {
    async inEdition(edition, limit) {
      const index = { name: "news", partitionKey: "news", partition: newsPartition(edition) };
      return (await newestRows(table, index, limit)).map(toItem);
    },
  };
}

/** Where an edition's items stand in the index. */
export function newsPartition(edition: Edition): string {
  return `news#${edition}`;
}

function toItem(row: Row): NewsItem {
  const { newsAt, publishedAt, ...item } = NewsRow.parse(row);
  return { ...item, ...(publishedAt !== undefined && { publishedAt }), firstSeenAt: newsAt };
}
