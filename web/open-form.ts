import { html } from "hono/html";
import type { Html } from "./page-layout.ts";

/** What every signup form has besides its fields. */
export interface OpenForm {
  action: string;
  /** The field that nobody sees; who fills it in is no person. */
  trap: string;
  /** The token that tells when the form was opened. */
  started: string;
}

/** The unseen part of a signup form. `hidden` needs no style, so the trap is shut off even where styles are. */
export function openFormFields({ trap, started }: OpenForm): Html {
  return html`<input type="hidden" name="started" value="${started}">
<div hidden><label>Leave this empty <input name="${trap}" tabindex="-1" autocomplete="off"></label></div>`;
}

/** Values that are posted on unseen. */
export function hiddenFields(values: Record<string, string>): Html {
  return html`${Object.entries(values).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`,
  )}`;
}
