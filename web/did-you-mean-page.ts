import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { hiddenFields, type OpenForm, openFormFields } from "./open-form.ts";
import { type Html, pageLayout } from "./page-layout.ts";

/** Asks about an address that looks like a slip of the keyboard: both answers go on with all that was entered. */
export function didYouMeanPage(props: {
  site: Site;
  form: OpenForm;
  entered: Record<string, string>;
  suggestion: string;
}): string {
  const { site, form, entered, suggestion } = props;
  const answer = (values: Record<string, string>, button: Html) =>
    html`<form method="post" action="${form.action}">
${hiddenFields({ ...entered, ...values })}${openFormFields(form)}
${button}
</form>`;
  return pageLayout({
    site,
    title: "Did you mean another address?",
    isPersonal: true,
    body: html`<h1>Did you mean ${suggestion}?</h1>
<p class="lead">You typed <strong>${entered.email ?? ""}</strong>. It looks like a slip of the keyboard, and mail to it would not reach you.</p>
${answer({ email: suggestion }, html`<button type="submit">Yes, use ${suggestion}</button>`)}
${answer({ asTyped: "on" }, html`<button class="quiet" type="submit">No, it is right as I typed it</button>`)}`,
  });
}
