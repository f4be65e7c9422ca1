import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";

/** What was started again; `comes` is such as "tomorrow". */
export interface RestartedPage {
  site: Site;
  token: string;
  courseTitle: string;
  stepTitle: string;
  comes?: string | undefined;
}

/** The answer to "Start again at this step". */
export function restartedPage({ site, token, courseTitle, stepTitle, comes }: RestartedPage): string {
  return pageLayout({
    site,
    title: "You start again",
    isPersonal: true,
    body: html`${readerNav(token)}
<p class="eyebrow">${courseTitle}</p>
<h1>You start again at “${stepTitle}”</h1>
<p class="lead">${comes ? `Its mail comes ${comes}, and the steps after it follow.` : "Its mail comes soon, and the steps after it follow."}</p>
<p>Too fast or too slow? Change your <a href="/progress/${token}/settings">pace</a> whenever you like.</p>
<p><a href="/progress/${token}">See your path</a></p>`,
  });
}
