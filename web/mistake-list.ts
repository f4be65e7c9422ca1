import { html } from "hono/html";
import type { Html } from "./page-layout.ts";

/** What is wrong with a form, above everything else; each mistake leads to its field, save those of hidden fields. */
export function mistakeList(problems: Partial<Record<string, string>>, hidden: string[] = []): Html {
  const items = Object.entries(problems).map(([name, problem]) =>
    hidden.includes(name) ? html`<li>${problem}</li>` : html`<li><a href="#${name}">${problem}</a></li>`,
  );
  return html`<div class="mistakes" role="alert"><ul>${items}</ul></div>`;
}
