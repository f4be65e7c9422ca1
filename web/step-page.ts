import { html, raw } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { type Html, pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";
import { restartChoice } from "./restart-choice.ts";
import { stepAddress } from "./step-address.ts";

/** What the page of one step shows to one reader; days are words, such as "May 7, 2027". */
export interface StepPage {
  site: Site;
  token: string;
  course: { name: string; title: string; numbered: number };
  step: { id: string; title: string; number?: number | undefined };
  subject: string;
  /** Trusted: our own text with escaped values. */
  bodyHtml: string;
  sentOn?: string | undefined;
  doneOn?: string | undefined;
  /** Sent in the run that the reader is on: only then may it be ticked and marked. */
  isCurrent: boolean;
  /** Whether it is one to be done: a welcome is only read. */
  isToDo: boolean;
  /** The reader is on the course, so that it can start again here. */
  mayRestart: boolean;
  tasks: { id: string; text: string; isTicked: boolean }[];
  /** When the next step comes, in words such as "tomorrow", and when to a reader in a hurry. */
  next?: { comes: string; sooner?: string | undefined } | undefined;
  around: { before?: Neighbour | undefined; after?: Neighbour | undefined };
  /** Reference pages of the course. */
  references: { path: string; title: string }[];
  /** The ticks were just saved. */
  isSaved?: boolean;
}

type Neighbour = { id: string; title: string };

/** A step that came by mail: its text to read again, its tasks to tick, and the button that marks it as done. */
export function stepPage(props: StepPage): string {
  const { site, token, course, step, sentOn, doneOn, isSaved, references, mayRestart } = props;
  const place = step.number === undefined ? "" : ` · Step ${step.number} of ${course.numbered}`;
  return pageLayout({
    site,
    title: isSaved ? `Saved: ${step.title}` : step.title,
    isPersonal: true,
    body: html`${readerNav(token)}
${isSaved ? html`<p class="said" role="status">Your ticks are saved.</p>` : ""}
<p class="eyebrow">${course.title}${place}</p>
<h1>${step.title}</h1>
<p class="muted sent-on">${sentOn ? html`Sent on ${sentOn} as “${props.subject}”.` : html`Sent to you earlier as “${props.subject}”.`}${doneOn ? ` Done on ${doneOn}.` : ""}</p>
${isWork(props) ? html`<p><a href="#work">${props.tasks.length > 0 ? "To your checklist" : "To the end of this step"}</a></p>` : ""}
<article class="letter">
${raw(props.bodyHtml)}
</article>
${references.length > 0 ? html`<p class="muted">To look things up: ${links(references)}.</p>` : ""}
${isWork(props) ? work(props) : props.isCurrent ? "" : reading(props)}
${mayRestart ? restartChoice({ token, course: course.name, step, label: "Start again at this step" }) : ""}
${around(props)}`,
  });
}

/** Whether there is anything to tick or to mark. */
function isWork({ isCurrent, tasks, isToDo, doneOn }: StepPage): boolean {
  return isCurrent && (tasks.length > 0 || (isToDo && !doneOn));
}

/** One form for all, so that the button that marks the step does not lose ticks that were not saved. */
function work({ token, course, step, tasks, isToDo, doneOn, next }: StepPage): Html {
  return html`<section class="work" id="work">
<form method="post" action="/progress/tasks">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="course" value="${course.name}">
<input type="hidden" name="step" value="${step.id}">
${
  tasks.length > 0
    ? html`<fieldset>
<legend>Your checklist</legend>
${tasks.map(
  ({ id, text, isTicked }) => html`<div class="choice">
<input type="checkbox" id="task-${id}" name="task" value="${id}"${isTicked ? html` checked` : ""}>
<label for="task-${id}">${text}</label>
</div>`,
)}
</fieldset>
<button type="submit" class="small quiet">Save my ticks</button>`
    : ""
}
${isToDo && !doneOn ? finish(next, tasks.length > 0) : ""}
</form>
</section>`;
}

function finish(next: StepPage["next"], hasTasks: boolean): Html {
  return html`<div class="finish">
<h2>Done with this step?</h2>
${hasTasks ? html`<p class="muted">Your ticks are saved along with it. Open tasks may stay open.</p>` : ""}
${
  next?.sooner
    ? html`<div class="choice sooner">
<input type="checkbox" id="sooner" name="sooner" value="yes" aria-describedby="sooner-hint">
<label for="sooner">Send me the next step ${next.sooner} already</label>
<p class="hint" id="sooner-hint">Otherwise it comes ${next.comes}.</p>
</div>`
    : ""
}
<button type="submit" formaction="/progress">Mark this step as done</button>
</div>`;
}

/** A step of an earlier time: there is nothing to change any more. */
function reading({ tasks, mayRestart }: StepPage): Html {
  return html`<section class="work">
${
  tasks.length > 0
    ? html`<h2>The checklist</h2>
<ul>${tasks.map(({ text }) => html`<li>${text}</li>`)}</ul>`
    : ""
}
<p class="muted">${
    mayRestart
      ? "This step is from an earlier time that you took the course, so there is nothing to tick here."
      : "You are not on this course any more, so there is nothing to tick here."
  }</p>
</section>`;
}

function around({ token, course, around: { before, after } }: StepPage): Html {
  const link = (step: Neighbour, words: string) =>
    html`<a href="${stepAddress(token, course.name, step.id)}">${words}: ${step.title}</a>`;
  if (!before && !after) return html``;
  return html`<nav class="around" aria-label="Other steps">${before ? link(before, "Before") : ""} ${after ? link(after, "After") : ""}</nav>`;
}

function links(references: StepPage["references"]): Html[] {
  return references.map(
    ({ path, title }, index) => html`${index > 0 ? ", " : ""}<a href="/${path}">${title}</a>`,
  );
}
