import { html } from "hono/html";
import { dateWords } from "./date-words.ts";
import { field } from "./field.ts";
import type { Html } from "./page-layout.ts";

/** A date that the reader set; `date` is a day as in `2027-05-07`. */
export interface OwnDate {
  id: string;
  label: string;
  date: string;
  daysBefore: number;
}

/** What the section of a reader's dates shows; after a mistake also what was entered and what is wrong with it. */
export interface OwnDates {
  token: string;
  dates: OwnDate[];
  /** The reader's own day, as in `2027-05-07`. */
  today: string;
  values?: { label: string; date: string; daysBefore: string } | undefined;
  problems?: Partial<Record<"label" | "date" | "daysBefore", string>> | undefined;
}

const suggestions = ["Exam", "Application", "Renewal"];
const choices = [1, 3, 7, 14, 30];
const usual = 7;

/** The dates of a reader, each with a button to remove it, and the form for one more. */
export function ownDates(props: OwnDates): Html {
  const { dates } = props;
  return html`<section class="own-dates" aria-labelledby="dates">
<h2 id="dates">Your dates</h2>
<p>We send you a mail in time before an exam, an application or a renewal.</p>
${dates.length > 0 ? html`<ul class="dates">${dates.map((date) => ownDate(date, props))}</ul>` : ""}
<h3>Add a date</h3>
${form(props)}
</section>`;
}

function ownDate({ id, label, date, daysBefore }: OwnDate, { token, today }: OwnDates): Html {
  const reminder = date < today ? "this day has passed" : `reminder ${days(daysBefore)}`;
  return html`<li>
<div><strong>${label}</strong><p>${dateWords(date)}, ${reminder}</p></div>
<form method="post" action="/progress/dates/remove">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="id" value="${id}">
<button type="submit" class="small quiet">Remove<span class="unseen"> ${label}</span></button>
</form>
</li>`;
}

function form({ token, today, values, problems = {} }: OwnDates): Html {
  const chosen = values?.daysBefore ?? String(usual);
  return html`<form method="post" action="/progress/dates" novalidate>
<input type="hidden" name="token" value="${token}">
${field({
  name: "label",
  label: "What is it?",
  hint: "For example Exam, Application or Renewal. It becomes the subject of the reminder.",
  mistake: problems.label,
  control: (attributes) =>
    html`<input ${attributes} type="text" list="labels" value="${values?.label ?? ""}" autocomplete="off" required maxlength="80">
<datalist id="labels">${suggestions.map((label) => html`<option value="${label}"></option>`)}</datalist>`,
})}
${field({
  name: "date",
  label: "Which day?",
  mistake: problems.date,
  control: (attributes) =>
    html`<input ${attributes} type="date" value="${values?.date ?? ""}" min="${today}" required>`,
})}
${field({
  name: "daysBefore",
  label: "When shall we remind you?",
  mistake: problems.daysBefore,
  control: (attributes) =>
    html`<select ${attributes}>${choices.map(
      (choice) =>
        html`<option value="${choice}"${String(choice) === chosen ? html` selected` : ""}>${days(choice)}</option>`,
    )}</select>`,
})}
<button type="submit">Add this date</button>
</form>`;
}

const days = (count: number) => `${count} day${count === 1 ? "" : "s"} before`;
