import { html } from "hono/html";
import type { Html } from "./page-layout.ts";
import { stepAddress } from "./step-address.ts";

/** Where a step stands for one reader. `unknown`: nobody can say whether the mail arrived. */
export type PathState = "done" | "sent" | "next" | "later" | "unknown" | "failed";

/** A step on the way; the days are words, such as "May 7, 2027". */
export interface PathStep {
  id: string;
  title: string;
  number?: number | undefined;
  state: PathState;
  sentOn?: string | undefined;
  doneOn?: string | undefined;
  /** When the next one comes, such as "on Tuesday, May 11". */
  comes?: string | undefined;
}

/** A course as one reader has walked it. */
export interface PathCourse {
  name: string;
  title: string;
  steps: PathStep[];
  /** All its mails have come. */
  finished: boolean;
  /** All that is to be done is done. */
  complete: boolean;
}

/** The way through a course: an ordered list, drawn as a path, with a button on each step that can be marked. */
export function coursePath(course: PathCourse, token: string): Html {
  return html`<section class="walk">
<h2>${course.title}</h2>
<p class="muted">${summary(course)}</p>
${course.complete || course.finished ? html`<p><a href="${stepAddress(token, course.name)}">${course.complete ? "See what you have achieved" : "See how the course ended"}</a></p>` : ""}
<ol class="path">${course.steps.map((step) => pathStep(step, course.name, token, counts(course, step)))}</ol>
</section>`;
}

/** Whether a step is one to be done: a welcome and a farewell are only read, unless there is nothing else. */
function counts({ steps }: PathCourse, step: PathStep): boolean {
  return step.number !== undefined || steps.every(({ number }) => number === undefined);
}

function summary(course: PathCourse): string {
  const { steps, finished } = course;
  const all = steps.filter((step) => counts(course, step));
  const done = all.filter(({ state }) => state === "done").length;
  const words = `${done} of ${all.length} ${all.length === 1 ? "step" : "steps"} done.`;
  return finished ? `${words} All mails of this course have come.` : words;
}

function pathStep(step: PathStep, course: string, token: string, isToDo: boolean): Html {
  const { id, title, number, state } = step;
  const isOpen = state === "sent" || state === "unknown" || state === "done";
  const form = html`<form method="post" action="/progress">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="course" value="${course}">
<input type="hidden" name="step" value="${id}">
<button type="submit" class="small">Mark as done<span class="unseen">: ${title}</span></button>
</form>`;
  return html`<li class="${state}">
<span class="mark" aria-hidden="true">${state === "done" ? "✓" : (number ?? "•")}</span>
<div><h3>${number === undefined ? "" : html`<span class="unseen">Step ${number}: </span>`}${isOpen ? html`<a href="${stepAddress(token, course, id)}">${title}</a>` : title}</h3>
<p>${stateWords(step)}</p>
${isToDo && (state === "sent" || state === "unknown") ? form : ""}</div>
</li>`;
}

function stateWords({ state, sentOn, doneOn, comes }: PathStep): string {
  const sent = sentOn ? `Sent on ${sentOn}.` : "Sent.";
  switch (state) {
    case "done":
      return doneOn ? `Done on ${doneOn}.` : "Done.";
    case "sent":
      return sent;
    case "next":
      return comes ? `Comes next, ${comes}.` : "Comes next.";
    case "later":
      return "Comes later.";
    case "unknown":
      return `${sentOn ? `${sent} ` : ""}This mail may not have reached you.`;
    case "failed":
      return "This mail could not be delivered to you.";
  }
}
