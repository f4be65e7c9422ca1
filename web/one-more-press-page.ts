import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { hiddenFields, type OpenForm, openFormFields } from "./open-form.ts";
import { pageLayout } from "./page-layout.ts";

/** Asks to press once more, where a form does not show that a person has had it open; what was entered is kept. */
export function oneMorePressPage(props: {
  site: Site;
  form: OpenForm;
  entered: Record<string, string>;
}): string {
  const { site, form, entered } = props;
  return pageLayout({
    site,
    title: "One more press",
    isPersonal: true,
    body: html`<h1>One more press</h1>
<p class="lead">Nothing is lost: press the button, and your sign-up goes on.</p>
<p>Forms that are sent very quickly, or after more than a day, are mostly sent by robots. This press tells that you are none.</p>
<form method="post" action="${form.action}">
${hiddenFields(entered)}${openFormFields(form)}
<button type="submit">Sign up</button>
</form>`,
  });
}
