import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { type Topic, topics, topicTitles } from "../../core/catalogue.ts";
import { dateOf } from "../../core/digest/choose-news.ts";
import { ceWords, inWords } from "../../core/digest/digest-body.ts";
import { latestNews, listArchive, openArchive } from "../../core/digest/open-archive.ts";
import { weekWordsInFull } from "../../core/digest/week-words.ts";
import type { NewsItem } from "../../core/feed/feed-item.ts";
import { newsFeed } from "../../web/news-feed.ts";
import { newsPage } from "../../web/news-page.ts";
import { newsWeeksPage } from "../../web/news-weeks-page.ts";
import { answerProblem, type Problem, problem } from "../edge/problem.ts";

/** A week that is complete stays as it is, save for a correction. */
const weekCaching = "public, max-age=86400";
const latestCaching = "public, max-age=3600";
const missing: Problem = {
  ...problem(
    404,
    "news.missing",
    "There is no such page of news",
    "A week has its pages when it is over, for each topic that had news.",
  ),
  next: { href: "/news", words: "See the news of past weeks" },
};

/** The archive of the digest, for everybody: a page for each topic and week, and Atom feeds. */
export function addNewsRoutes(app: Hono, deps: HttpDeps): void {
  const { site } = deps.catalogue;

  // Feed readers ask often, and mostly for what they have.
  app.use("/news/*", etag());

  app.get("/news", async (c) => {
    const weeks = (await listArchive(deps)).map(({ edition, topics }) => ({
      edition,
      days: weekWordsInFull(edition),
      topics: topics.map(({ topic, count }) => ({ name: topic, title: topicTitles[topic], count })),
    }));
    return c.html(newsWeeksPage({ site, weeks }), 200, { "Cache-Control": latestCaching });
  });

  app.get("/news/feed.atom", (c) => answerFeed(c, deps));
  for (const topic of topics) app.get(`/news/${topic}.atom`, (c) => answerFeed(c, deps, topic));

  app.get("/news/:week/:topic", async (c) => {
    const outcome = await openArchive(deps, c.req.param());
    if (outcome.status === "missing") return answerProblem(c, deps, missing);
    const { week, topic, items } = outcome;
    const page = newsPage({
      site,
      edition: week.edition,
      days: weekWordsInFull(week.edition),
      topic: { name: topic, title: topicTitles[topic] },
      others: week.topics
        .filter((other) => other.topic !== topic)
        .map((other) => ({ name: other.topic, title: topicTitles[other.topic], count: other.count })),
      items: items.map(({ title, url, summary, ...item }) => ({ title, url, summary, about: aboutOf(item) })),
    });
    return c.html(page, 200, { "Cache-Control": weekCaching });
  });
}

async function answerFeed(c: Context, deps: HttpDeps, topic?: Topic) {
  const { site } = deps.catalogue;
  const items = await latestNews(deps, topic);
  const feed = newsFeed({
    title: topic ? `${site.name}: ${topicTitles[topic]}` : `${site.name}: news of the field`,
    author: site.name,
    publicUrl: deps.publicUrl,
    path: `/news/${topic ?? "feed"}.atom`,
    emptyAt: deps.clock.now(),
    items: items.map((item) => ({ ...item, publishedAt: dateOf(item), topicTitle: topicTitles[item.topic] })),
  });
  return c.body(feed, 200, {
    "Content-Type": "application/atom+xml; charset=utf-8",
    "Cache-Control": latestCaching,
  });
}

/** "1.5 CE hours · CMS Newsroom · March 3, 2027" */
function aboutOf(item: Pick<NewsItem, "source" | "publishedAt" | "firstSeenAt" | "ceHours">): string {
  const { source, ceHours } = item;
  return [...(ceHours === undefined ? [] : [ceWords(ceHours)]), source, inWords(dateOf(item))].join(" · ");
}
