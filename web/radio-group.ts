import { html } from "hono/html";
import type { Html } from "./page-layout.ts";

/** One of several answers to a question. */
export interface Choice {
  value: string;
  label: string;
  hint?: Html | string | undefined;
}

export interface RadioGroup {
  name: string;
  legend: string;
  choices: Choice[];
  chosen: string | undefined;
  mistake?: string | undefined;
}

/** A question with its answers, of which one is chosen; screen readers hear hint and mistake with it. */
export function radioGroup({ name, legend, choices, chosen, mistake }: RadioGroup): Html {
  const described = mistake ? html` aria-describedby="${name}-mistake"` : "";
  return html`<fieldset class="field"${described}>
<legend>${legend}</legend>
${mistake ? html`<p class="mistake" id="${name}-mistake">${mistake}</p>` : ""}
${choices.map(({ value, label, hint }, index) => {
  const id = index === 0 ? name : `${name}-${index}`;
  return html`<div class="choice">
<input id="${id}" name="${name}" type="radio" value="${value}"${value === chosen ? html` checked` : ""}${hint ? html` aria-describedby="${id}-hint"` : ""}>
<label for="${id}">${label}</label>
${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : ""}
</div>`;
})}
</fieldset>`;
}
