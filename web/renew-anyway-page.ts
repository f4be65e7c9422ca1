import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { hourWords } from "./cycle-bar.ts";
import { dateWords } from "./date-words.ts";
import { hiddenFields } from "./open-form.ts";
import { pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";

/** Asks once more before a renewal is done whose hours are not all logged. */
export function renewAnywayPage(props: {
  site: Site;
  token: string;
  id: string;
  /** The day of the renewal, as in `2027-05-07`. */
  date: string;
  /** That of the credential. */
  name: string;
  missing: number;
}): string {
  const { site, token, id, date, name, missing } = props;
  return pageLayout({
    site,
    title: "Renewed anyway?",
    isPersonal: true,
    body: html`${readerNav(token)}
<h1>Renewed anyway?</h1>
<p class="lead">By what you have logged, ${hourWords(missing)} ${missing === 1 ? "is" : "are"} still missing for ${name}.</p>
<p>If it is renewed, the next cycle begins after ${dateWords(date)}. Hours up to that day do not count for it.</p>
<form method="post" action="/progress/dates/done">
${hiddenFields({ token, id, date, confirm: "yes" })}<button type="submit">Yes, it is renewed</button>
</form>
<p><a href="/progress/${token}/dates">Back to your dates and hours</a></p>`,
  });
}
