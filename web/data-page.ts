import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";
import { readerNav } from "./reader-nav.ts";

/** Where "Your data" leads: what can be done, and the button that asks for the fresh link. It tells nothing of the person. */
export function dataPage({ site, token }: { site: Site; token: string }): string {
  return pageLayout({
    site,
    title: "Your data",
    isPersonal: true,
    body: html`${readerNav(token, "data")}
<h1>Your data</h1>
<p class="lead">You can take out a copy of all that we keep about you, change your address, or have everything erased.</p>
<p>The links in our mails live on, and mails are passed on. So for this you need a fresh link: it goes to the address that our mails come to, and is good for one hour.</p>
<form method="post" action="/progress/data">
<input type="hidden" name="token" value="${token}">
<button type="submit">Send me a link</button>
</form>
<p class="muted">You cannot read mail at that address any more? Write to us at the address below.</p>`,
  });
}

/** The answer to the button, the same whether a link goes or one has gone a moment ago. */
export function dataAskedPage({ site, token }: { site: Site; token: string }): string {
  return pageLayout({
    site,
    title: "Look into your mailbox",
    isPersonal: true,
    body: html`${readerNav(token)}
<h1>Look into your mailbox</h1>
<p class="lead">A link to your data comes by mail, to the address that our mails come to. It is good for one hour.</p>
<p class="muted">We send one link in a quarter of an hour, and five a day at most. If none comes, look among the unwanted mails, or write to us at the address below.</p>`,
  });
}
