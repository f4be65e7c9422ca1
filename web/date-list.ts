import { html } from "hono/html";
import type { Credential } from "../core/catalogue.ts";
import type { ShownDate } from "../core/reminder/date-standing.ts";
import { dateWords, weekdayWords } from "./date-words.ts";
import { hiddenFields } from "./open-form.ts";
import type { Html } from "./page-layout.ts";

export interface DateList {
  token: string;
  /** The reader's own day, as in `2027-05-07`. */
  today: string;
  dates: ShownDate[];
  /** The day of the next reminder of each, by its id. */
  reminders: ReadonlyMap<string, string>;
  /** Renewals that can begin now, by the id of the exam that was passed. */
  cycles: ReadonlyMap<string, { credential: Credential; date: string }>;
}

/** The dates of a reader: what comes next of each, and the buttons to be done with it. */
export function dateList(props: DateList): Html {
  return html`<ul class="dates own">${props.dates.map((date) => ownDate(date, props))}</ul>`;
}

function ownDate(date: ShownDate, { token, today, reminders, cycles }: DateList): Html {
  const { id, label, standing } = date;
  const unseen = html`<span class="unseen"> ${label}, ${dateWords(date.date)}</span>`;
  const cycle = cycles.get(id);
  return html`<li${standing === "overdue" ? html` class="overdue"` : ""}>
<div><strong>${label}</strong><p>${words(date, today, reminders.get(id))}</p>
${standing !== "ahead" ? "" : html`<p><a href="/progress/${token}/dates/${id}.ics">Calendar file${unseen}</a></p>`}
${cycle ? begin(cycle, date, token) : ""}</div>
<div class="buttons">
${
  standing === "done"
    ? ""
    : html`<form method="post" action="/progress/dates/done">
${hiddenFields({ token, id, date: date.date })}<button type="submit" class="small quiet">Done${unseen}</button>
</form>`
}
<form method="post" action="/progress/dates/remove">
${hiddenFields({ token, id })}<button type="submit" class="small plain">Remove${unseen}</button>
</form>
</div>
</li>`;
}

function words({ date, standing }: ShownDate, today: string, reminder: string | undefined): string {
  switch (standing) {
    case "ahead":
      return `${dateWords(date)}. ${reminder ? `The next reminder comes on ${weekdayWords(reminder, today)}.` : "All its reminders have come."}`;
    case "overdue":
      return `It was due on ${dateWords(date)}. Once it is renewed, press Done, and the next cycle begins.`;
    case "past":
      return `${dateWords(date)}, this day has passed.`;
    case "done":
      return `${dateWords(date)}, done.`;
  }
}

/** What is said once a renewal is done: "RHIT is renewed. The next cycle ends on May 1, 2029." */
export function renewedWords({ name, date }: { name: string; date: string }): string {
  return `${name} is renewed. The next cycle ends on ${dateWords(date)}.`;
}

/** Whoever has passed an exam holds a credential, which is to be kept. */
function begin(
  { credential, date }: { credential: Credential; date: string },
  exam: ShownDate,
  token: string,
): Html {
  return html`<p>Passed? Then ${credential.name} is to be renewed by ${dateWords(date)}.</p>
<form method="post" action="/progress/dates/passed">
${hiddenFields({ token, id: exam.id })}<button type="submit" class="small quiet">I passed<span class="unseen"> ${exam.label}</span></button>
</form>`;
}
