import { html } from "hono/html";
import { field } from "./field.ts";
import type { Html } from "./page-layout.ts";

/** What the forms to pause show; after a mistake what was entered, and what is wrong with it. */
export interface PauseForms {
  token: string;
  /** Where they go: by the link to one's progress, or by that to unsubscribe. */
  action: "/progress/settings/pause" | "/unsubscribe/pause";
  /** The first and the last day that may be chosen, as in `2027-05-07`. */
  first: string;
  last: string;
  value?: string | undefined;
  problems?: Partial<Record<"until", string>> | undefined;
}

/** Two ways to pause: for four weeks by one press, or up to a day. */
export function pauseForms({ token, action, first, last, value, problems = {} }: PauseForms): Html {
  return html`<p>Your courses wait and go on where they are. A digest that would have come does not come later. Reminders of your own dates come all the same.</p>
<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="weeks" value="4">
<button type="submit" class="quiet">Pause for four weeks</button>
</form>
<form method="post" action="${action}" novalidate>
<input type="hidden" name="token" value="${token}">
${field({
  name: "until",
  label: "Or pause until",
  hint: "Mails start again on this day.",
  mistake: problems.until,
  control: (attributes) =>
    html`<input ${attributes} type="date" value="${value ?? ""}" min="${first}" max="${last}" required>`,
})}
<button type="submit" class="quiet">Pause until then</button>
</form>`;
}
