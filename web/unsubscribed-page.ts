import { html } from "hono/html";
import { pageLayout } from "./page-layout.ts";
import { type LeftList, listName } from "./unsubscribe-page.ts";

/** The answer to an unsubscribe, the first one and every one after it. */
export function unsubscribedPage({ site, courseTitle }: LeftList): string {
  return pageLayout({
    site,
    title: "You are unsubscribed",
    isPersonal: true,
    body: html`<h1>You are unsubscribed</h1>
<p class="lead">You get no more mails of ${listName(courseTitle)}. You need do nothing else.</p>
<p>It was a slip? <a href="/">Sign up again</a> whenever you like.</p>
<p class="muted">Thank you for reading.</p>`,
  });
}
