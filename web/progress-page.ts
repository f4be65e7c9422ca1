import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { coursePath, type PathCourse } from "./course-path.ts";
import { mistakeList } from "./mistake-list.ts";
import { type OwnDates, ownDates } from "./own-dates.ts";
import { pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";

/** What the page of one reader shows; `token` is that of the link by which it was opened. */
export interface ProgressPage extends OwnDates {
  site: Site;
  /** The reader's name, empty if none was given. */
  name: string;
  courses: PathCourse[];
}

/** Where "Your progress" leads: the way so far and the reader's dates. Mail scanners open it, so only its buttons change anything. */
export function progressPage(props: ProgressPage): string {
  const { site, name, token, courses, problems = {} } = props;
  const isWrong = Object.keys(problems).length > 0;
  return pageLayout({
    site,
    title: isWrong ? "Please check the date" : "Your progress",
    isPersonal: true,
    body: html`${isWrong ? mistakeList(problems) : ""}
${readerNav(token, "progress")}
<p class="eyebrow">${name ? `Hello ${name}` : site.name}</p>
<h1>Your progress</h1>
${
  courses.length > 0
    ? courses.map((course) => coursePath(course, token))
    : html`<p class="lead">You are on no course now. <a href="/">Start one</a> whenever you like.</p>`
}
${ownDates(props)}`,
  });
}
