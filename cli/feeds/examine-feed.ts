import type { Catalogue, FeedSource, Topic } from "../../core/catalogue.ts";
import type { FeedReader } from "../../core/feed/feed-ports.ts";
import { judge } from "../../core/feed/judge-item.ts";
import { newsOf } from "../../core/feed/news-of.ts";
import { recognise } from "../../core/feed/recognise.ts";

/** An entry as it would be stored. */
export interface ExaminedEntry {
  title: string;
  url: string;
  publishedAt?: string;
  topic: Topic;
  score: number;
  /** The rules that gave it its points. */
  because: string[];
  /** Whether it would be news if the feed was added now; else it is of its backlog. */
  news: boolean;
}

export type Examined =
  | { status: "read"; entries: ExaminedEntry[]; repeated: number; ttlMinutes?: number; movedTo?: string }
  | { status: "failed"; code: string };

/** Reads a feed as a poll would, and says what would be stored of it; stores nothing. */
export async function examineFeed(
  { feedReader, catalogue }: { feedReader: FeedReader; catalogue: Pick<Catalogue, "feedRules"> },
  { source, now }: { source: FeedSource; now: string },
): Promise<Examined> {
  const reading = await feedReader.read(source, {});
  if (reading.status === "failed") return { status: "failed", code: reading.code };
  if (reading.status === "unchanged") return { status: "failed", code: "http-304" };
  const { ttlMinutes, movedTo, entries } = reading;
  const judged = judge(catalogue.feedRules);
  const news = newsOf(entries, now);
  const recognised = recognise(source.id, entries, new Map(), { now });
  const firsts = recognised.filter(({ isNew }) => isNew);
  return {
    status: "read",
    entries: firsts.map(({ entry }) => {
      const { title, url, publishedAt } = entry;
      const date = publishedAt !== undefined && { publishedAt };
      return { title, url, ...date, ...judged(source, entry), news: news.has(entry) };
    }),
    repeated: recognised.length - firsts.length,
    ...(ttlMinutes !== undefined && { ttlMinutes }),
    ...(movedTo !== undefined && { movedTo }),
  };
}
