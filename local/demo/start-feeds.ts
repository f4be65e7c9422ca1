import type { RequestListener } from "node:http";
import type { FeedSource } from "../../core/catalogue.ts";
import { type FeedDocument, readDocuments } from "../feed-server/documents.ts";
import { type HostileFeed, hostileFeeds, hostilePath } from "../feed-server/hostile-feeds.ts";
import { startFeedServer } from "../feed-server/start-feed-server.ts";
import { newsFeeds } from "./news-feeds.ts";

/** What the demo polls, on loopback, and what must come of it. */
export interface DemoFeeds {
  url: string;
  sources: FeedSource[];
  /** Ids of those whose news the digests of the fixture are made of. */
  news: string[];
  documents: FeedDocument[];
  hostile: Pick<HostileFeed, "id" | "code">[];
  close(): Promise<void>;
}

const quarterOfADay = 6 * 60;
/** Two polls in the nine weeks: the first one reads, the other is told that nothing has changed. */
const fiveWeeks = 35 * 24 * 60;

/** Serves the demo's news, documents as they are met in the wild, and all hostile answers but those that keep us waiting. */
export async function startDemoFeeds(fixtures: URL, now: () => string): Promise<DemoFeeds> {
  const news = newsFeeds(new URL("demo/news.yaml", fixtures), now);
  const documents = readDocuments(new URL("feeds/", fixtures));
  const hostile = hostileFeeds.filter(({ slow }) => !slow);
  const answers = new Map<string, RequestListener>([
    ...news.map(({ path, answer }) => [path, answer] as const),
    ...documents.map(({ path, answer }) => [path, answer] as const),
    ...hostile.flatMap(({ id, from }) =>
      typeof from === "string" ? [] : [[hostilePath(id), from] as const],
    ),
  ]);
  const { url, close } = await startFeedServer(answers);
  const addressOf = ({ id, from }: HostileFeed) => (typeof from === "string" ? from : url + hostilePath(id));
  return {
    url,
    close,
    news: news.map(({ source }) => source.id),
    documents,
    // An address at which there is nothing shows a page.
    hostile: [...hostile, { id: "moved-away", code: "html" }],
    sources: [
      ...news.map(({ source, path }) => ({ ...source, url: url + path, everyMinutes: quarterOfADay })),
      ...documents.map(({ id, topic, path }) => ({
        id,
        title: id,
        topic,
        url: url + path,
        everyMinutes: fiveWeeks,
      })),
      ...hostile.map((feed) => ({
        id: feed.id,
        title: feed.id,
        topic: "regulation" as const,
        url: addressOf(feed),
        everyMinutes: fiveWeeks,
      })),
      {
        id: "moved-away",
        title: "Moved Away",
        topic: "careers",
        url: `${url}/moved.xml`,
        everyMinutes: quarterOfADay,
      },
    ],
  };
}
