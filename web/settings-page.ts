import { html } from "hono/html";
import type { Site } from "../core/catalogue.ts";
import { mistakeList } from "./mistake-list.ts";
import { type PaceForm, paceForm } from "./pace-form.ts";
import { type Html, pageLayout } from "./page-layout.ts";
import { type PauseForms, pauseForms } from "./pause-forms.ts";
import { readerNav } from "./reader-nav.ts";
import { type TopicsForm, topicsForm } from "./topics-form.ts";

/** What the page of one reader's settings shows. */
export interface SettingsPage {
  site: Site;
  token: string;
  /** What was just done, in words. */
  done?: string | undefined;
  /** When the next mail of each course, and the digest, comes, in words. */
  next: { title: string; words: string }[];
  pace: PaceForm;
  pause: PauseForms;
  /** The day up to which the reader has paused, in words. */
  pausedUntil?: string | undefined;
  /** None where the digest is not read. */
  topics?: TopicsForm | undefined;
  /** The lists that the reader is on. */
  lists: { name: string; title: string }[];
}

/** How fast and when mails come, what is in them, and the way out. Mail scanners open it, so only its buttons change anything. */
export function settingsPage(props: SettingsPage): string {
  const { site, token, done, pace, pause, topics } = props;
  const problems = { ...pace.problems, ...pause.problems, ...topics?.problems };
  const isWrong = Object.keys(problems).length > 0;
  return pageLayout({
    site,
    title: isWrong ? "Please check the form" : "Pace and preferences",
    isPersonal: true,
    body: html`${isWrong ? mistakeList(problems) : ""}
${done ? html`<p class="said" role="status">${done}</p>` : ""}
${readerNav(token, "settings")}
<h1>Pace and preferences</h1>
${nextMails(props)}
<section class="own-dates" aria-labelledby="pace">
<h2 id="pace">Pace</h2>
${paceForm(pace)}
</section>
<section class="own-dates" aria-labelledby="pause">
<h2 id="pause">Pause</h2>
${props.pausedUntil ? resumeForm(token, props.pausedUntil) : ""}
${pauseForms(pause)}
</section>
${topics ? topicsForm(topics) : ""}
${yourLists(props)}`,
  });
}

function nextMails({ next, pausedUntil }: SettingsPage): Html {
  return html`${pausedUntil ? html`<p class="lead">You have paused until ${pausedUntil}.</p>` : ""}
${next.map(({ title, words }) => html`<p><strong>${title}</strong><br>${words}</p>`)}`;
}

function resumeForm(token: string, until: string): Html {
  return html`<form method="post" action="/progress/settings/pause">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="resume" value="yes">
<p>You have paused until ${until}.</p>
<button type="submit">Resume now</button>
</form>`;
}

function yourLists({ token, lists }: SettingsPage): Html {
  const comeBack = html`<p class="muted">To come back, <a href="/">sign up</a> again, and confirm by mail as the first time.</p>`;
  return html`<section class="own-dates" aria-labelledby="lists">
<h2 id="lists">What you get</h2>
${
  lists.length === 0
    ? html`<p>You are on no list. Nothing is sent to you, save what you ask for.</p>`
    : html`<ul class="dates">${lists.map((list) => oneList(list, token))}</ul>
<h3>Everything off</h3>
<p>Leaves all of them at once. Nothing more comes.</p>
<form method="post" action="/progress/settings/leave">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="all" value="yes">
<button type="submit" class="quiet">Leave everything</button>
</form>`
}
${comeBack}
</section>`;
}

function oneList({ name, title }: SettingsPage["lists"][number], token: string): Html {
  return html`<li>
<div><strong>${title}</strong></div>
<form method="post" action="/progress/settings/leave">
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="list" value="${name}">
<button type="submit" class="small quiet">Leave<span class="unseen"> ${title}</span></button>
</form>
</li>`;
}
