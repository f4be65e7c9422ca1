import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** For those who come with a confirmation link that is too old: what happened, and a button that makes it good. */
export function lateLinkPage({ site, token }: { site: Site; token: string }): string {
  return pageLayout({
    site,
    title: "This link has expired",
    isPersonal: true,
    body: html`<h1>This link has expired</h1>
<p class="lead">Confirmation links are good for seven days, and this one is older. Nothing is lost: what you asked for is still waiting.</p>
<form method="post" action="/confirm/again">
<input type="hidden" name="token" value="${token}">
<button type="submit">Send me a new link</button>
</form>
<p class="muted">It goes to the address that the old one went to. You no longer want it? Close this page, and nothing will be sent.</p>`,
  });
}
