import { html } from "hono/html";
import type { Course, Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";
import { windowWords } from "./window-words.ts";

/** What was joined. */
export interface ConfirmedPage {
  site: Site;
  courses: Course[];
  digest: boolean;
  reminders?: boolean;
}

/** The answer to a confirmation: what was joined, and when the first mail comes. */
export function confirmedPage({ site, courses, digest, reminders }: ConfirmedPage): string {
  return pageLayout({
    site,
    title: "You are on the list",
    isPersonal: true,
    body: html`<h1>You are on the list</h1>
${courses.map(
  (course) =>
    html`<p class="lead">“${course.title}” begins. ${firstMail(course)}</p>
<p>The mails after that come ${windowWords(course.window)}, by your clock.</p>`,
)}
${digest ? html`<p>The digest of news comes weekly, when there is some${courses.length > 0 ? ", once you are through the course" : ""}.</p>` : ""}
${reminders ? html`<p>You set the dates to be reminded of on your own page: every mail has a link to it.</p>` : ""}
<p class="muted">You can close this page. To make sure that the mails reach you, add ${site.sender.address} to your contacts.</p>`,
  });
}

function firstMail({ steps, window }: Course): string {
  const [first] = steps;
  if (first?.window === "always" && first.delayDays === 0 && !first.delayMinutes)
    return "Your first mail is on its way.";
  return `Your first mail comes soon, ${windowWords(window)}.`;
}
