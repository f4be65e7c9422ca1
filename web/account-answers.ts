import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** The answer to a change of address, whatever is known of the new one. */
export function addressAskedPage({ site }: { site: Site }): string {
  return pageLayout({
    site,
    title: "Look into your new mailbox",
    isPersonal: true,
    body: html`<h1>Look into your new mailbox</h1>
<p class="lead">If that address can get mail from us, a link comes there. Press the button behind it within 24 hours, and all your mails go there.</p>
<p>Until then nothing changes: mails go to the address that you have now.</p>
<p class="muted">You can ask for one change a day. If no link comes, look among the unwanted mails, or write to us at the address below.</p>`,
  });
}

/** Where the link in the mail to a new address leads. Mail scanners open it too, so only its button moves anything. */
export function addressPage({ site, token }: { site: Site; token: string }): string {
  return pageLayout({
    site,
    title: "Confirm your new address",
    isPersonal: true,
    body: html`<h1>One press to confirm</h1>
<p class="lead">Press the button, and ${site.name} sends your mails to this address from now on.</p>
<form method="post" action="/address">
<input type="hidden" name="token" value="${token}">
<button type="submit">Confirm this address</button>
</form>
<p class="muted">You did not ask for this? Close this page, and nothing changes.</p>`,
  });
}

/** The answer to the button, the first one and every one after it. */
export function addressMovedPage({ site }: { site: Site }): string {
  return pageLayout({
    site,
    title: "Your address is changed",
    isPersonal: true,
    body: html`<h1>Your address is changed</h1>
<p class="lead">All your mails go to the new address from now on. Your courses and your progress are as they were.</p>
<p class="muted">Nothing goes to the old address any more. The links in your older mails still work.</p>`,
  });
}

/** The answer to whoever had everything erased. */
export function erasedPage({ site }: { site: Site }): string {
  return pageLayout({
    site,
    title: "Everything is erased",
    isPersonal: true,
    body: html`<h1>Everything is erased</h1>
<p class="lead">We keep nothing about you any more, and no more mail comes. A mail that was just on its way may still arrive.</p>
<p class="muted">Thank you for reading. You may come back whenever you like: sign up on <a href="/">the front page</a>, and start anew.</p>`,
  });
}
