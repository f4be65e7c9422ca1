import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { field } from "./field.ts";
import { mistakeList } from "./mistake-list.ts";
import { pageLayout } from "./page-layout.ts";

/** What a fresh link opens; `token` is that of the link. */
export interface AccountPage {
  site: Site;
  token: string;
  /** What was typed, when the form comes back. */
  email?: string;
  problems?: Partial<Record<"email" | "sure", string>>;
}

/** Where the link to one's data leads: a form to take out, one to move, one to erase. */
export function accountPage({ site, token, email = "", problems = {} }: AccountPage): string {
  const isWrong = Object.keys(problems).length > 0;
  const hidden = html`<input type="hidden" name="token" value="${token}">`;
  return pageLayout({
    site,
    title: isWrong ? "Please check the form" : "Your data",
    isPersonal: true,
    body: html`${isWrong ? mistakeList(problems) : ""}
<h1>Your data</h1>
<p class="lead">This page is open for an hour from when its link was mailed. Close it when you are done.</p>
<section class="account">
<h2>Take out a copy</h2>
<p>A file with everything that we keep about you: your profile, your lists and your consent, your courses, your dates, and every mail that was sent to you.</p>
<form method="post" action="/account/export">
${hidden}
<button type="submit">Download my data</button>
</form>
</section>
<section class="account">
<h2>Change your address</h2>
<p>We send a link to the new address. Once you press the button behind it, all your mails go there; your courses and your progress stay as they are.</p>
<form method="post" action="/account/address" novalidate>
${hidden}
${field({
  name: "email",
  label: "New e-mail address",
  mistake: problems.email,
  control: (attributes) =>
    html`<input ${attributes} type="email" autocomplete="email" autocapitalize="none" spellcheck="false" required value="${email}">`,
})}
<button type="submit">Send a link to that address</button>
</form>
</section>
<section class="account">
<h2>Erase everything</h2>
<p>We delete your address, your name, your lists, your courses and your dates. What is left says only that some mail was sent to somebody, so that our counts stay right. You get no more mail from us, and nobody can undo this.</p>
<form method="post" action="/account/erase" novalidate>
${hidden}
<div class="field choice">
<input type="checkbox" id="sure" name="sure" value="on" required${
      problems.sure ? html` aria-invalid="true" aria-describedby="sure-mistake"` : ""
    }>
<label for="sure">Yes, erase everything about me</label>
${problems.sure ? html`<p class="mistake hint" id="sure-mistake">${problems.sure}</p>` : ""}
</div>
<button type="submit" class="danger">Erase everything</button>
</form>
</section>`,
  });
}
