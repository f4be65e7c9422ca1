import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import type { ConfirmConsent } from "../core/subscriber/consent-text.ts";
import { pageLayout } from "./page-layout.ts";

/** What the press of the button agrees to, and for whom. */
export interface ConfirmPage {
  site: Site;
  token: string;
  consent: ConfirmConsent;
  /** Whether something else is asked for since the page was opened, so that the button has to be pressed once more. */
  isChanged?: boolean;
}

/** Where the link of the confirmation mail leads. Mail scanners open it too, so only its button confirms. */
export function confirmPage({ site, token, consent, isChanged }: ConfirmPage): string {
  return pageLayout({
    site,
    title: isChanged ? "Something was added" : "Confirm your address",
    isPersonal: true,
    body: html`<h1>${isChanged ? "Something was added since" : "One press to confirm"}</h1>
${isChanged ? html`<p role="alert">What is asked for by now is not what the page said when you pressed, so nothing was confirmed yet.</p>` : ""}
<p class="lead">${consent.lead}</p>
<ul>${consent.lists.map((words) => html`<li>${words}</li>`)}</ul>
<p>${consent.end}</p>
<form method="post" action="/confirm">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="shown" value="${consent.version}">
<button type="submit">Confirm my address</button>
</form>
<p class="muted">You did not sign up? Close this page: you are on no list, and what was asked for in your name is soon forgotten.</p>`,
  });
}
