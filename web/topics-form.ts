import { html } from "hono/html";
import type { Html } from "./page-layout.ts";
import { radioGroup } from "./radio-group.ts";

/** How often the digest comes, its topics, and which of them the reader wants. */
export interface TopicsForm {
  token: string;
  every: string;
  topics: { name: string; title: string; isWanted: boolean }[];
  problems?: Partial<Record<"topics" | "every", string>> | undefined;
}

/** What is in a reader's digest, and how often it comes. */
export function topicsForm({ token, every, topics, problems = {} }: TopicsForm): Html {
  const { topics: mistake } = problems;
  return html`<section class="own-dates" aria-labelledby="digest">
<h2 id="digest">Your digest</h2>
<form method="post" action="/progress/settings/topics">
<input type="hidden" name="token" value="${token}">
${radioGroup({
  name: "every",
  legend: "How often do you want it?",
  mistake: problems.every,
  chosen: every,
  choices: [
    {
      value: "week",
      label: "Every week",
      hint: "Only when there is news. What you have seen does not come again.",
    },
    {
      value: "month",
      label: "Every month",
      hint: "In the week of its first Monday: the best of all weeks since the last one.",
    },
  ],
})}
<fieldset class="field"${mistake ? html` aria-describedby="topics-mistake"` : ""}>
<legend>Which news do you want?</legend>
${mistake ? html`<p class="mistake" id="topics-mistake">${mistake}</p>` : ""}
${topics.map(({ name, title, isWanted }, index) => {
  const id = index === 0 ? "topics" : `topics-${index}`;
  return html`<div class="choice">
<input id="${id}" name="topics" type="checkbox" value="${name}"${isWanted ? html` checked` : ""}>
<label for="${id}">${title}</label>
</div>`;
})}
</fieldset>
<button type="submit">Save the digest</button>
</form>
<p class="muted">What does not fit into a digest, and all earlier weeks: <a href="/news">news of past weeks</a>.</p>
</section>`;
}
