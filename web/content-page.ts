import { html, raw } from "hono/html";
import type { ContentPage, Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** A reference page of a course, such as its glossary. */
export function contentPage(props: { site: Site; courseTitle: string; page: ContentPage }): string {
  const { site, courseTitle, page } = props;
  return pageLayout({
    site,
    title: page.title,
    description: page.description,
    body: html`<p class="eyebrow">${courseTitle}</p>
<h1>${page.title}</h1>
<p class="lead">${page.description}</p>
${raw(page.html)}`,
  });
}
