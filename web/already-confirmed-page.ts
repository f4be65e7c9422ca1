import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** For those who open the link of the confirmation once more: there is nothing to do. */
export function alreadyConfirmedPage({ site }: { site: Site }): string {
  return pageLayout({
    site,
    title: "You are confirmed already",
    isPersonal: true,
    body: html`<h1>You are confirmed already</h1>
<p class="lead">There is nothing left to do here: your mails come as planned.</p>
<p>You cannot find them? Look in the spam folder for a mail from ${site.sender.address}.</p>
<p class="muted">You can close this page.</p>`,
  });
}
