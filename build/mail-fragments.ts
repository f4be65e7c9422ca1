import type { Step } from "../core/catalogue.ts";
import { escapeHtml } from "../core/escape-html.ts";

/** "Step 3 of 6" and a path of as many segments, in table cells, so that it shows without pictures. */
export function progressPath(number: number | undefined, total: number): string {
  if (number === undefined) return "";
  const cells = Array.from({ length: total }, (_, index) => {
    const state = index + 1 < number ? "past" : index + 1 === number ? "here" : "ahead";
    return `<td class="segment ${state}" width="${Math.floor(100 / total)}%">${index + 1}</td>`;
  });
  const gap = '<td class="gap" width="6">&nbsp;</td>';
  return (
    `<p class="eyebrow">Step ${number} of ${total}</p>` +
    `<table class="path html-only" role="presentation" aria-hidden="true" width="100%" cellpadding="0" cellspacing="0">` +
    `<tr>${cells.join(gap)}</tr></table>`
  );
}

/** The tasks of a step as rows of a box and a text. */
export function checklistTable(checklist: Step["checklist"]): string {
  if (checklist.length === 0) return "";
  const rows = checklist.map(
    ({ text }) =>
      `<tr><td class="box" valign="top">&#9744;</td><td class="task" valign="top">${escapeHtml(text)}</td></tr>`,
  );
  return (
    `<h2>Your checklist</h2>` +
    `<table class="tasks" role="presentation" width="100%" cellpadding="0" cellspacing="0">${rows.join("")}</table>`
  );
}

/** Links to the reference pages of a course. */
export function referenceLinks(course: string, pages: readonly { name: string; title: string }[]): string {
  return pages
    .map(({ name, title }) => `<a href="{{publicUrl}}/courses/${course}/${name}">${escapeHtml(title)}</a>`)
    .join(" &middot; ");
}
