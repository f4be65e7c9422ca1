import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** The list that is left; a course that is no more has no title, but its mails can still be left. */
export interface LeftList {
  site: Site;
  courseTitle: string | undefined;
}

/** Where the Unsubscribe link leads. Mail scanners open it too, so only its button unsubscribes. */
export function unsubscribePage({ site, courseTitle, token }: LeftList & { token: string }): string {
  return pageLayout({
    site,
    title: "Unsubscribe",
    isPersonal: true,
    body: html`<h1>${courseTitle ? "Leave the course?" : "Leave this list?"}</h1>
<p class="lead">Press the button, and ${site.name} sends you no more mails of ${listName(courseTitle)}.</p>
<form method="post" action="/unsubscribe">
<input type="hidden" name="token" value="${token}">
<button type="submit">Unsubscribe</button>
</form>
<p class="muted">You would rather stay? Close this page; nothing has changed.</p>`,
  });
}

/** How a page calls the list that is left. */
export function listName(courseTitle: string | undefined): string {
  return courseTitle ? `“${courseTitle}”` : "this list";
}
