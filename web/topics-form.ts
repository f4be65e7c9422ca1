import { html } from "hono/html";
import type { Html } from "./page-layout.ts";

/** The topics of the digest, and which of them the reader wants. */
export interface TopicsForm {
  token: string;
  topics: { name: string; title: string; isWanted: boolean }[];
  problems?: Partial<Record<"topics", string>> | undefined;
}

/** What is in a reader's digest. */
export function topicsForm({ token, topics, problems = {} }: TopicsForm): Html {
  const { topics: mistake } = problems;
  return html`<section class="own-dates" aria-labelledby="digest">
<h2 id="digest">Your digest</h2>
<form method="post" action="/progress/settings/topics">
<input type="hidden" name="token" value="${token}">
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
<button type="submit">Save the topics</button>
</form>
</section>`;
}
