import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { type Html, pageLayout } from "./page-layout.ts";

/** What went wrong, and what the reader can do about it. */
export interface ProblemPage {
  site: Site;
  status: number;
  title: string;
  whatToDo: string;
  /** A link or a button that does it. */
  action?: Html;
  /** Where it goes on, instead of the start page. */
  next?: { href: string; words: string };
}

const start = { href: "/", words: "Go to the start page" };

/** The page for everything that cannot be done: a link that has expired, a page that is not there, a fault of ours. */
export function problemPage({ site, status, title, whatToDo, action, next = start }: ProblemPage): string {
  return pageLayout({
    site,
    title,
    isPersonal: true,
    body: html`<h1>${title}</h1>
<p class="lead">${whatToDo}</p>
${action ?? html`<p><a href="${next.href}">${next.words}</a></p>`}
<p class="muted">Error ${status}. If this keeps happening, write to us at the address below.</p>`,
  });
}
