import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { pageLayout } from "./page-layout.ts";

/** Where the link of the confirmation mail leads. Mail scanners open it too, so only its button confirms. */
export function confirmPage({ site, token }: { site: Site; token: string }): string {
  return pageLayout({
    site,
    title: "Confirm your address",
    isPersonal: true,
    body: html`<h1>One press to confirm</h1>
<p class="lead">Press the button, and ${site.name} starts to send you what you signed up for.</p>
<form method="post" action="/confirm">
<input type="hidden" name="token" value="${token}">
<button type="submit">Confirm my address</button>
</form>
<p class="muted">You did not sign up? Close this page, and nothing will be sent.</p>`,
  });
}
