import { html } from "hono/html";
import type { Html } from "./page-layout.ts";

/** A labelled field of a form, with a hint and, when the form comes back, what is wrong with it. */
export interface Field {
  name: string;
  label: string;
  hint?: string;
  mistake?: string | undefined;
  isOptional?: boolean;
  /** The control itself; it takes the attributes that tie it to its label, hint and mistake. */
  control: (attributes: Html) => Html;
}

/** Lays out a field so that screen readers hear its hint and its mistake with it. */
export function field({ name, label, hint, mistake, isOptional, control }: Field): Html {
  const described = [hint && `${name}-hint`, mistake && `${name}-mistake`].filter(Boolean).join(" ");
  const attributes = html`id="${name}" name="${name}"${described ? html` aria-describedby="${described}"` : ""}${
    mistake ? html` aria-invalid="true"` : ""
  }`;
  return html`<div class="field">
<label for="${name}">${label}${isOptional ? html` <span class="optional">(optional)</span>` : ""}</label>
${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ""}
${mistake ? html`<p class="mistake" id="${name}-mistake">${mistake}</p>` : ""}
${control(attributes)}
</div>`;
}
