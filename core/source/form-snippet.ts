import { escapeHtml } from "../escape-html.ts";
import { trapField } from "../guard/trap.ts";
import type { SignupConsent } from "../subscriber/consent-text.ts";
import type { Source } from "./source.ts";

/** What a snippet is made of. */
export interface FormSnippet {
  /** Where our pages are. */
  publicUrl: string;
  source: Pick<Source, "name">;
  course: string;
  /** The words by which people agree to the course. */
  consent: Pick<SignupConsent, "course">;
}

/** A signup form to be put into a page of another site. The script is a comfort: without it, the form posts itself. */
export function formSnippet({ publicUrl, source, course, consent }: FormSnippet): string {
  const base = escapeHtml(publicUrl.replace(/\/$/, ""));
  return `<form method="post" action="${base}/signup/${escapeHtml(source.name)}" data-stepletter>
  <input type="hidden" name="course" value="${escapeHtml(course)}">
  <p><label>First name (optional)<br><input name="name" autocomplete="given-name" maxlength="120"></label></p>
  <p><label>E-mail address<br><input name="email" type="email" autocomplete="email" maxlength="254" required></label></p>
  <p><label><input name="digest" type="checkbox"> Also send me the weekly digest of news</label></p>
  <p><label><input name="reminders" type="checkbox"> Also remind me of dates of my own</label></p>
  <div hidden><label>Leave this empty <input name="${trapField}" tabindex="-1" autocomplete="off"></label></div>
  <p>${escapeHtml(consent.course)}</p>
  <button type="submit">Sign up</button>
</form>
<script src="${base}/assets/signup.js" defer></script>
`;
}
