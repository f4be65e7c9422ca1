import { html, raw } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { type Html, pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";
import { restartChoice } from "./restart-choice.ts";
import { stepAddress } from "./step-address.ts";

/** A course at its end, for one reader; days are words, such as "May 7, 2027". */
export interface FinishedPage {
  site: Site;
  token: string;
  name: string;
  course: { name: string; title: string };
  /** The steps that are to be done, each with the day on which it was, and whether it has come and can be read. */
  steps: { id: string; title: string; isDone: boolean; isOpen: boolean; doneOn?: string | undefined }[];
  isComplete: boolean;
  beganOn?: string | undefined;
  endedOn?: string | undefined;
  /** A mail of the course that is still to come, such as the farewell. */
  next?: { title: string; comes?: string | undefined } | undefined;
  /** The reader is on the digest's list. */
  readsDigest: boolean;
  references: { path: string; title: string }[];
  first?: { id: string; title: string } | undefined;
}

/** The end of a course: what was achieved, when, and what may come now. */
export function finishedPage(props: FinishedPage): string {
  const { site, token, name, course, isComplete, steps, beganOn, endedOn, first } = props;
  const done = steps.filter(({ isDone }) => isDone).length;
  const who = name ? `, ${name}` : "";
  return pageLayout({
    site,
    title: isComplete ? "You did it" : "The end of the course",
    isPersonal: true,
    body: html`${readerNav(token)}
${isComplete ? summit() : ""}
<p class="eyebrow">${course.title}</p>
<h1>${isComplete ? `You did it${who}` : `All mails have come${who}`}</h1>
<p class="lead">${
      isComplete
        ? `Every step of the way is behind you: ${done} of ${steps.length} done.`
        : `The course has sent you all it has. ${done} of ${steps.length} steps are done, and the others have no deadline.`
    }</p>
${isComplete && beganOn && endedOn ? html`<p>You began on ${beganOn} and did the last step on ${endedOn}.</p>` : ""}
<ol class="achieved">${steps.map((step) => achieved(step, props))}</ol>
<h2>What now</h2>
${now(props)}
${first ? restartChoice({ token, course: course.name, step: first, label: "Take the course once more" }) : ""}`,
  });
}

function achieved(
  { id, title, isDone, isOpen, doneOn }: FinishedPage["steps"][number],
  props: FinishedPage,
): Html {
  return html`<li${isDone ? html` class="done"` : ""}>
<span class="mark" aria-hidden="true">${isDone ? "✓" : "•"}</span>
<div>${isOpen ? html`<a href="${stepAddress(props.token, props.course.name, id)}">${title}</a>` : html`<b>${title}</b>`} <span>${isDone ? (doneOn ?? "done") : "open"}</span></div>
</li>`;
}

function now({ token, next, readsDigest, references }: FinishedPage): Html {
  return html`<ul>
${next ? html`<li>One more mail is on its way: “${next.title}”${next.comes ? ` comes ${next.comes}` : ""}.</li>` : ""}
${readsDigest ? html`<li>${next ? "After that, your" : "Your"} digest of news begins. It comes when there is some.</li>` : ""}
${references.length > 0 ? html`<li>To look things up, these stay yours: ${references.map(({ path, title }, index) => html`${index > 0 ? ", " : ""}<a href="/${path}">${title}</a>`)}.</li>` : ""}
<li>An exam or an application ahead? <a href="/progress/${token}/dates">Save its date</a>, and a mail reminds you in time.</li>
</ul>`;
}

/** A path up a hill, with a flag on top. */
function summit(): Html {
  return html`${raw(`<svg class="summit" viewBox="0 0 320 96" aria-hidden="true" focusable="false" fill="none" stroke-linecap="round" stroke-linejoin="round">
<path class="ground" stroke="currentColor" stroke-width="4" d="M4 90C60 90 80 74 120 62S200 34 244 34s52 30 72 40"/>
<path stroke="currentColor" stroke-width="4" stroke-dasharray="1 14" d="M22 76C72 74 92 58 130 47s62-20 98-23"/>
<path stroke="currentColor" stroke-width="4" d="M246 34V6"/>
<path fill="currentColor" stroke="currentColor" stroke-width="4" d="M246 6l26 8-26 8z"/>
</svg>`)}`;
}
