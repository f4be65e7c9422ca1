import { html } from "hono/html";
import type { Credential, Site } from "../core/catalogue.ts";
import type { OwnDates, TrackedCycle } from "../core/progress/own-dates.ts";
import { cycleSection, entryList } from "./cycle-section.ts";
import { type DateForm, dateForm } from "./date-form.ts";
import { type DateList, dateList } from "./date-list.ts";
import { type HoursForm, hoursForm } from "./hours-form.ts";
import { mistakeList } from "./mistake-list.ts";
import { type Html, pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";

/** What the page of one reader's dates and hours shows. */
export interface DatesPage extends Pick<DateList, "reminders"> {
  site: Site;
  token: string;
  today: string;
  own: OwnDates;
  begins: DateList["cycles"];
  /** All that there are. */
  credentials: Credential[];
  /** Names this showing of the form of hours. */
  form: string;
  /** What was just done, in words. */
  done?: string | undefined;
  date?: Pick<DateForm, "values" | "problems"> | undefined;
  hours?: Pick<HoursForm, "values" | "problems"> | undefined;
}

/** Where "Dates and hours" leads: cycles against time, dates with their reminders. Its buttons alone change anything. */
export function datesPage(props: DatesPage): string {
  const { site, token, today, own, done, date, hours } = props;
  const problems = { ...date?.problems, ...hours?.problems };
  const isWrong = Object.keys(problems).length > 0;
  return pageLayout({
    site,
    title: isWrong ? "Please check the form" : "Dates and hours",
    isPersonal: true,
    body: html`${isWrong ? mistakeList(problems) : ""}
${done ? html`<p class="said" role="status">${done}</p>` : ""}
${readerNav(token, "dates")}
${
  isWrong
    ? html`<h1>Please check the form</h1>`
    : html`<h1>Dates and hours</h1>
<p class="lead">Mails remind you 90, 60, 30, 7 and 1 days before an exam, an application or a renewal, until you say that it is done.</p>`
}
${date ? addDate(props) : ""}
${own.cycles.length > 0 || hours ? logHours(props) : ""}
${own.cycles.map((cycle, at) => html`${cycleSection(cycle, { token, today })}${severalOf(own.cycles, at)}`)}
${yourDates(props)}
${own.others.length > 0 ? html`<details class="others"><summary>Hours that count for none of your renewals (${own.others.length})</summary>${entryList(own.others, token)}</details>` : ""}`,
  });
}

/** What is done most, so it comes first and looks like a button. */
function logHours({ token, form, own, today, hours }: DatesPage): Html {
  const credentials = own.cycles.map(({ credential }) => credential);
  return html`<details class="add main"${hours ? html` open` : ""}>
<summary>Log hours</summary>
${hoursForm({ token, form, credentials, today, ...hours })}
</details>`;
}

function yourDates(props: DatesPage): Html {
  const { token, own, reminders, begins, today, date } = props;
  const isAny = own.dates.some(({ standing }) => standing === "ahead");
  return html`<section class="own-dates" aria-labelledby="dates">
<h2 id="dates">Your dates</h2>
${own.dates.length > 0 ? dateList({ token, today, dates: own.dates, reminders, cycles: begins }) : html`<p>There are none yet. Add a renewal to keep track of its hours.</p>`}
${isAny ? html`<p><a href="/progress/${token}/dates/all.ics">All of them, and their reminders, as a calendar file</a></p>` : ""}
${date ? "" : addDate(props)}
</section>`;
}

function addDate({ token, own, credentials, today, date }: DatesPage): Html {
  return html`<details class="add"${date || own.dates.length === 0 ? html` open` : ""}>
<summary>Add a date</summary>
${dateForm({ token, credentials, today, ...date })}
</details>`;
}

/** A body asks less for each further credential, which only it can tell; said after the last of them. */
function severalOf(cycles: TrackedCycle[], at: number): Html {
  const bodies = cycles.map(({ credential }) => credential.body);
  const body = bodies[at] ?? "";
  return bodies.lastIndexOf(body) === at && bodies.indexOf(body) !== at
    ? html`<p class="muted several">You keep several credentials of ${body}. Taken together they may need fewer hours than are shown: ask ${body}.</p>`
    : html``;
}
