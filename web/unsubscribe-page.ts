import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { leaveReason } from "./leave-reason.ts";
import { mistakeList } from "./mistake-list.ts";
import { pageLayout } from "./page-layout.ts";
import { type PauseForms, pauseForms } from "./pause-forms.ts";

/** The list that is left; a course that is no more has no title, but its mails can still be left. */
export interface LeftList {
  site: Site;
  courseTitle: string | undefined;
  /** One that is no course. */
  other?: "digest" | "reminders" | undefined;
}

/** What the page shows, beside the list: the way to pause in place of leaving. */
export interface UnsubscribePage extends LeftList {
  token: string;
  pause: Omit<PauseForms, "token" | "action">;
}

/** Where the Unsubscribe link leads. Mail scanners open it too, so only its buttons change anything. */
export function unsubscribePage(props: UnsubscribePage): string {
  const { site, courseTitle, token, pause } = props;
  return pageLayout({
    site,
    title: pause.problems ? "Please check the day" : "Unsubscribe",
    isPersonal: true,
    body: html`${pause.problems ? mistakeList(pause.problems) : ""}
<h1>${courseTitle ? "Leave the course?" : "Leave this list?"}</h1>
<p class="lead">Press the button, and ${site.name} sends you no more mails of ${listName(props)}.</p>
<form method="post" action="/unsubscribe">
<input type="hidden" name="token" value="${token}">
${leaveReason("Would you tell us why? You need not.")}
<button type="submit">Unsubscribe</button>
</form>
<section class="own-dates" aria-labelledby="pause">
<h2 id="pause">Pause instead</h2>
${pauseForms({ token, action: "/unsubscribe/pause", ...pause })}
</section>
<section class="own-dates" aria-labelledby="everything">
<h2 id="everything">Leave everything</h2>
<p>All lists of ${site.name} at once: courses, the digest of news and reminders.</p>
<form method="post" action="/unsubscribe/all">
<input type="hidden" name="token" value="${token}">
<button type="submit" class="quiet">Leave everything</button>
</form>
</section>
<p class="muted">You would rather stay? Close this page; nothing has changed.</p>`,
  });
}

/** How a page calls the list that is left. */
export function listName({ courseTitle, other }: LeftList): string {
  if (courseTitle) return `“${courseTitle}”`;
  if (other === "digest") return "the digest of news";
  return other === "reminders" ? "the reminders of your dates" : "this list";
}
