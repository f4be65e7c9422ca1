import { html } from "hono/html";
import type { OwnDates } from "../core/progress/own-dates.ts";
import { cycleBar, cycleWords, hasEnded } from "./cycle-bar.ts";
import { dateWords } from "./date-words.ts";
import type { Html } from "./page-layout.ts";

/** More than these stand on their own page. */
const nearest = 3;

/** The dates and hours of a reader in short, with the way to their page. */
export function datesSummary({ cycles, dates }: OwnDates, token: string, today: string): Html {
  const open = dates.filter(({ standing }) => standing === "ahead" || standing === "overdue");
  const link = (words: string) => html`<p><a href="/progress/${token}/dates">${words}</a></p>`;
  return html`<section class="own-dates" aria-labelledby="dates">
<h2 id="dates">Dates and hours</h2>
${cycles.map(
  (cycle) => html`<p class="hours">${cycle.credential.name}: ${cycleWords(cycle, today)}</p>
${cycleBar(cycle, today)}`,
)}
${cycles.some(({ passed, renewal }) => passed !== undefined && !hasEnded(renewal, today)) ? html`<p class="muted mark-words">The mark on a bar shows today.</p>` : ""}
${
  open.length > 0
    ? html`<ul class="dates">${open
        .slice(0, nearest)
        .map(
          ({ label, date, standing }) =>
            html`<li${standing === "overdue" ? html` class="overdue"` : ""}><div><strong>${label}</strong><p>${standing === "overdue" ? "Overdue since " : ""}${dateWords(date)}</p></div></li>`,
        )}</ul>
${link("All dates and hours")}`
    : html`<p>An exam, an application or a renewal ahead? Mails remind you in time.</p>
${link("Add a date")}`
}
</section>`;
}
