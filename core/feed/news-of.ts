import { addDays, type Instant } from "../time/instant.ts";
import type { FeedEntry } from "./feed-item.ts";

/** What a feed that is new, or was silent for so long, lists from before that is no news. */
export const newsDays = 14;
/** Entries without a date that are news in such a document: the newest stand first. */
const undatedNews = 3;

/** The entries of a document that are news, when its feed was not read for a while; all others are its backlog. */
export function newsOf(entries: readonly FeedEntry[], now: Instant): Set<FeedEntry> {
  const since = addDays(now, -newsDays);
  const undated = entries.filter(({ publishedAt }) => publishedAt === undefined).slice(0, undatedNews);
  const recent = entries.filter(({ publishedAt }) => publishedAt !== undefined && publishedAt >= since);
  return new Set([...undated, ...recent]);
}
