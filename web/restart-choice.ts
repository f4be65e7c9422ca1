import { html } from "hono/html";
import type { Html } from "./page-layout.ts";

/** Folded away, since it sends mails anew: starts the course again at a step. */
export function restartChoice(props: {
  token: string;
  course: string;
  step: { id: string; title: string };
  label: string;
}): Html {
  const { token, course, step, label } = props;
  return html`<details>
<summary>${label}</summary>
<p>The course goes back to “${step.title}”. Its mail comes to you once more, and the steps after it follow one by one, at your pace. What you ticked and marked as done from there on starts anew; the steps before it stay as they are.</p>
<form method="post" action="/progress/restart">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="course" value="${course}">
<input type="hidden" name="step" value="${step.id}">
<button type="submit" class="small quiet">Start again at “${step.title}”</button>
</form>
</details>`;
}
