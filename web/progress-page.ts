import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import type { OwnDates } from "../core/progress/own-dates.ts";
import { coursePath, type PathCourse } from "./course-path.ts";
import { datesSummary } from "./dates-summary.ts";
import { pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";

/** What the page of one reader shows; `token` is that of the link by which it was opened. */
export interface ProgressPage {
  site: Site;
  token: string;
  /** The reader's name, empty if none was given. */
  name: string;
  courses: PathCourse[];
  own: OwnDates;
  /** The reader's own day, as in `2027-05-07`. */
  today: string;
}

/** Where "Your progress" leads: the way so far, and the reader's dates in short. Mail scanners open it, so only its buttons change anything. */
export function progressPage({ site, token, name, courses, own, today }: ProgressPage): string {
  return pageLayout({
    site,
    title: "Your progress",
    isPersonal: true,
    body: html`${readerNav(token, "progress")}
<p class="eyebrow">${name ? `Hello ${name}` : site.name}</p>
<h1>Your progress</h1>
${
  courses.length > 0
    ? courses.map((course) => coursePath(course, token))
    : html`<p class="lead">You are on no course now. <a href="/">Start one</a> whenever you like.</p>`
}
${datesSummary(own, token, today)}`,
  });
}
