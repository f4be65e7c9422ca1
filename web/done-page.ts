import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { type Html, pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";
import { stepAddress } from "./step-address.ts";

/** What was just done, and what comes after it; `comes` is such as "tomorrow". */
export interface DonePage {
  site: Site;
  token: string;
  course: { name: string; title: string };
  step: { id: string; title: string };
  /** Of the steps that are to be done, which are. */
  done: boolean[];
  next?: { title: string; comes?: string | undefined } | undefined;
}

/** The answer to "Mark this step as done". */
export function donePage({ site, token, course, step, done, next }: DonePage): string {
  const count = done.filter(Boolean).length;
  return pageLayout({
    site,
    title: "Well done",
    isPersonal: true,
    body: html`${readerNav(token)}
<p class="eyebrow">${course.title}</p>
<h1>Well done</h1>
<p class="lead">“${step.title}” is done. That makes ${count} of ${done.length} ${done.length === 1 ? "step" : "steps"}.</p>
${segments(done)}
<h2>What comes next</h2>
${comes(next)}
<p><a href="/progress/${token}">See your path</a> or <a href="${stepAddress(token, course.name, step.id)}">read this step again</a>.</p>`,
  });
}

/** The way so far at a glance, to the eye only: the words beside it say the same. */
function segments(done: boolean[]): Html {
  return html`<ol class="segments" aria-hidden="true">${done.map((isDone) => html`<li${isDone ? html` class="done"` : ""}></li>`)}</ol>`;
}

function comes(next: DonePage["next"]): Html {
  if (!next)
    return html`<p>All mails of this course have come. The steps that are open wait on your path.</p>`;
  return next.comes
    ? html`<p><strong>${next.title}</strong> comes to your inbox ${next.comes}.</p>`
    : html`<p><strong>${next.title}</strong> comes to your inbox as soon as the mail before it has arrived.</p>`;
}
