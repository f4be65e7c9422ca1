import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** The answer to every signup, the same for known, new and blocked addresses, so that it tells nothing about them. */
export function checkInboxPage({ site }: { site: Site }): string {
  return pageLayout({
    site,
    title: "Check your inbox",
    isPersonal: true,
    body: html`<h1>Check your inbox</h1>
<p class="lead">If this address can get our mails, one is on its way. Press the button in it to confirm, and the course begins.</p>
<h2>Nothing there?</h2>
<ul>
<li>Give it a few minutes.</li>
<li>Look in the spam folder for a mail from ${site.sender.address}.</li>
<li>Already on the list? Then there is nothing to confirm, and your next mail comes as planned.</li>
<li>Still nothing after a day? <a href="/">Sign up again</a>, and check the address for typing errors.</li>
</ul>`,
  });
}
