import { type Topic, topics } from "../catalogue.ts";
import type { NewsItem } from "../feed/feed-item.ts";
import type { Clock } from "../time/clock.ts";
import { mostRead, onceEach, rankNews } from "./choose-news.ts";
import type { News } from "./digest-ports.ts";
import { type Edition, editionBefore, editionOf, isEdition } from "./edition.ts";
import { type EditionItem, readNews } from "./read-news.ts";

export interface OpenArchiveDeps {
  news: News;
  clock: Clock;
}

/** A week that is complete, and how many items each of its topics has. */
export interface ArchiveWeek {
  edition: Edition;
  topics: { topic: Topic; count: number }[];
}

/** `week` is the whole of the week, so that its other topics can be named. */
export type OpenArchiveOutcome =
  | { status: "open"; week: ArchiveWeek; topic: Topic; items: NewsItem[] }
  | { status: "missing" };

const weeksListed = 8;
const weeksInFeed = 4;
const mostInFeed = 100;

/** The page of one topic and week: there is one as soon as nothing comes to that week any more. */
export async function openArchive(
  deps: OpenArchiveDeps,
  { week, topic: wanted }: { week: string; topic: string },
): Promise<OpenArchiveOutcome> {
  const topic = topics.find((name) => name === wanted);
  if (!topic || !isEdition(week) || week >= editionOf(deps.clock.now())) return { status: "missing" };
  const items = rankNews(await deps.news.inEdition(week, mostRead));
  const ofTopic = items.filter((item) => item.topic === topic);
  if (ofTopic.length === 0) return { status: "missing" };
  return { status: "open", week: { edition: week, topics: countedTopics(items) }, topic, items: ofTopic };
}

/** The latest weeks that have anything, the newest first. */
export async function listArchive(deps: OpenArchiveDeps): Promise<ArchiveWeek[]> {
  const weeks = await Promise.all(
    latestEditions(deps, weeksListed).map(async (edition) => ({
      edition,
      topics: countedTopics(rankNews(await deps.news.inEdition(edition, mostRead))),
    })),
  );
  return weeks.filter(({ topics }) => topics.length > 0);
}

/** The newest items of the latest weeks that are complete, of one topic or of all, each address once. */
export async function latestNews(deps: OpenArchiveDeps, topic?: Topic): Promise<EditionItem[]> {
  const items = await readNews(deps.news, latestEditions(deps, weeksInFeed).toReversed());
  const oldestFirst = items
    .filter((item) => topic === undefined || item.topic === topic)
    .toSorted((one, other) => (one.firstSeenAt < other.firstSeenAt ? -1 : 1));
  return onceEach(oldestFirst).toReversed().slice(0, mostInFeed);
}

/** The editions that are complete, the newest first. */
function latestEditions({ clock }: OpenArchiveDeps, count: number): Edition[] {
  const filling = editionOf(clock.now());
  return Array.from({ length: count }, (_, index) => editionBefore(filling, index + 1));
}

function countedTopics(items: NewsItem[]): ArchiveWeek["topics"] {
  return topics
    .map((topic) => ({ topic, count: items.filter((item) => item.topic === topic).length }))
    .filter(({ count }) => count > 0);
}
