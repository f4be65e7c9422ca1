import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** The answer to whoever wants a new confirmation link, the same whether one goes. */
export function newLinkPage({ site }: { site: Site }): string {
  return pageLayout({
    site,
    title: "Check your inbox",
    isPersonal: true,
    body: html`<h1>Check your inbox</h1>
<p class="lead">If what you asked for is still waiting, a new link comes to the same address. Press the button in that mail to confirm.</p>
<h2>Nothing there?</h2>
<ul>
<li>Give it a few minutes, and look in the spam folder for a mail from ${site.sender.address}.</li>
<li>We send one such mail a day, and three in a month. If you had one today, its link is still good.</li>
<li>Unconfirmed requests are forgotten after a month. <a href="/">Sign up again</a>, and a link comes by mail.</li>
</ul>`,
  });
}
