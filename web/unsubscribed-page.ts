import { html } from "hono/html";
import { leaveReason } from "./leave-reason.ts";
import { type Html, pageLayout } from "./page-layout.ts";
import { type LeftList, listName } from "./unsubscribe-page.ts";

/** What was left; `path` is where its signup form is. */
export interface UnsubscribedPage extends LeftList {
  token: string;
  path: string;
  everything: boolean;
  /** Whether the reader has said why. */
  hasSaid: boolean;
}

/** The answer to an unsubscribe, the first one and every one after it. */
export function unsubscribedPage(props: UnsubscribedPage): string {
  const { site, path, everything, hasSaid } = props;
  const left = everything
    ? `You have left all lists of ${site.name}. Nothing more comes.`
    : `You get no more mails of ${listName(props)}. You need do nothing else.`;
  return pageLayout({
    site,
    title: "You are unsubscribed",
    isPersonal: true,
    body: html`<h1>You are unsubscribed</h1>
<p class="lead">${left}</p>
<p>It was a slip? <a href="${path}">Sign up again</a> whenever you like; a mail asks you to confirm, as the first time.</p>
${hasSaid ? html`<p role="status">Thank you for telling us why.</p>` : askWhy(props)}
<p class="muted">Thank you for reading.</p>`,
  });
}

function askWhy({ token }: UnsubscribedPage): Html {
  return html`<form method="post" action="/unsubscribe/reason">
<input type="hidden" name="token" value="${token}">
${leaveReason("Would you tell us why? You need not.")}
<button type="submit" class="quiet">Tell us</button>
</form>`;
}
