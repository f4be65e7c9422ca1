import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { type NewsTopic, topicList } from "./news-weeks-page.ts";
import { pageLayout } from "./page-layout.ts";

/** What the page of one topic and week shows. */
export interface NewsPage {
  site: Site;
  edition: string;
  /** The days of its week, in words. */
  days: string;
  topic: { name: string; title: string };
  /** The other topics of the week. */
  others: NewsTopic[];
  /** The best first; `about` is hours, source and date, in words. */
  items: { title: string; url: string; summary: string; about: string }[];
}

/** All that a week brought on one topic, for everybody. */
export function newsPage({ site, edition, days, topic, others, items }: NewsPage): string {
  return pageLayout({
    site,
    title: `${topic.title}, week of ${days}`,
    description: `The news of the week of ${days}: ${topic.title}.`,
    feed: { title: topic.title, href: `/news/${topic.name}.atom` },
    body: html`<p class="eyebrow">News of the week of ${days}</p>
<h1>${topic.title}</h1>
<ul class="news">${items.map(
      ({ title, url, summary, about }) => html`<li>
<h2><a href="${url}" rel="noopener">${title}</a></h2>
${summary ? html`<p>${summary}</p>` : ""}
<p class="muted">${about}</p>
</li>`,
    )}</ul>
${
  others.length > 0
    ? html`<h2>More of this week</h2>
${topicList(edition, others)}`
    : ""
}
<p><a href="/news">All weeks</a> &middot; <a href="/news/${topic.name}.atom">Atom feed of this topic</a></p>`,
  });
}
