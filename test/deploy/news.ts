import { type FeedServer, serve, startFeedServer } from "../../local/feed-server/start-feed-server.ts";
import { rssOf } from "../helpers/feed-server.ts";

/** Serves the one feed of the deployed content, with two stories of today. */
export async function startNews(): Promise<FeedServer> {
  const today = new Date().toISOString();
  const news = rssOf([
    { id: "first", title: "A story that was polled", date: today },
    { id: "second", title: "Another one", date: today },
  ]);
  const answer = serve(() => news, { "content-type": "application/rss+xml" });
  return startFeedServer(new Map([["/news.xml", answer]]));
}
