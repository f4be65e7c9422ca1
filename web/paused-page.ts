import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** The answer to a pause in place of leaving; `until` is a day in words. */
export function pausedPage({ site, token, until }: { site: Site; token: string; until: string }): string {
  return pageLayout({
    site,
    title: "You have paused",
    isPersonal: true,
    body: html`<h1>You have paused</h1>
<p class="lead">Your courses, the digest and news wait until ${until}. Then they go on by themselves.</p>
<p>Reminders of your own dates come all the same. The page “Pace and preferences”, by the progress link in each mail, lets you resume sooner.</p>
<form method="post" action="/unsubscribe/pause">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="resume" value="yes">
<button type="submit" class="quiet">Resume now</button>
</form>`,
  });
}

/** The answer to the end of a pause. */
export function resumedPage({ site }: { site: Site }): string {
  return pageLayout({
    site,
    title: "Your mails go on",
    isPersonal: true,
    body: html`<h1>Your mails go on</h1>
<p class="lead">The pause is over. The next mail comes as your pace has it.</p>`,
  });
}
