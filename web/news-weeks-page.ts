import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { type Html, pageLayout } from "./page-layout.ts";

/** A topic of a week, and how many items it has. */
export interface NewsTopic {
  name: string;
  title: string;
  count: number;
}

/** What the list of weeks shows. */
export interface NewsWeeksPage {
  site: Site;
  /** The newest first; `days` are those of the week, in words. */
  weeks: { edition: string; days: string; topics: NewsTopic[] }[];
}

/** The feed of all topics. */
const allNews = { title: "News of the field", href: "/news/feed.atom" };

/** The latest weeks of the archive. */
export function newsWeeksPage({ site, weeks }: NewsWeeksPage): string {
  return pageLayout({
    site,
    title: "News of past weeks",
    description: "What the digests of the last weeks were made of, topic by topic.",
    feed: allNews,
    body: html`<p class="eyebrow">News of the field</p>
<h1>News of past weeks</h1>
<p class="lead">What our digests are made of, topic by topic. A week appears here when it is complete.</p>
${weeks.length === 0 ? html`<p>There is nothing here yet. Please look again next week.</p>` : ""}
${weeks.map(
  ({ edition, days, topics }) => html`<h2>Week of ${days}</h2>
${topicList(edition, topics)}`,
)}
<p class="muted"><a href="${allNews.href}">Atom feed</a> of all topics. The digest brings the best of it by mail. Tick it when you <a href="/">sign up</a>.</p>`,
  });
}

/** The topics of a week, each leading to its page. */
export function topicList(edition: string, topics: NewsTopic[]): Html {
  return html`<ul class="weeks">${topics.map(
    ({ name, title, count }) =>
      html`<li><a href="/news/${edition}/${name}">${title}</a><span class="muted">${count}<span class="unseen"> ${count === 1 ? "item" : "items"}</span></span></li>`,
  )}</ul>`;
}
