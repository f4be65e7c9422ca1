import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";

/** A piece of a page, its values escaped. */
export type Html = ReturnType<typeof html>;

/** What every page has. */
export interface PageLayout {
  site: Site;
  title: string;
  body: Html;
  description?: string;
  /** A script of our own, by its path. */
  script?: string;
  /** A feed that browsers and feed readers find by the page. */
  feed?: { title: string; href: string };
  /** Keeps a page of one person out of search engines, and the token in its address out of other sites' logs. */
  isPersonal?: boolean;
}

/** Lays out a whole page. It needs nothing from elsewhere, and no inline style or script. */
export function pageLayout({ site, title, body, description, script, feed, isPersonal }: PageLayout): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title === site.name ? title : `${title} · ${site.name}`}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${description ? html`<meta name="description" content="${description}">` : ""}
${isPersonal ? html`<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">` : ""}
<link rel="stylesheet" href="/assets/style.css">
${feed ? html`<link rel="alternate" type="application/atom+xml" title="${feed.title}" href="${feed.href}">` : ""}
${script ? html`<script src="${script}" defer></script>` : ""}
</head>
<body>
<header><a class="brand" href="/">${site.name}</a></header>
<main>
${body}
</main>
<footer>
<p>${[...new Set([site.sender.name, ...site.postalAddress])].join(", ")}</p>
<p><a href="mailto:${site.replyTo}">${site.replyTo}</a>${isPersonal ? "" : html` &middot; <a href="/news">News of past weeks</a>`}</p>
</footer>
</body>
</html>
`;
  return page.toString();
}
