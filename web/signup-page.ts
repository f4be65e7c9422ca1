import { html } from "hono/html";
import type { Course, Site } from "../core/catalogue.ts";
import { consentText, digestConsentText } from "./consent-text.ts";
import { courseLength } from "./course-length.ts";
import { field } from "./field.ts";
import { mistakeList } from "./mistake-list.ts";
import { type Html, pageLayout } from "./page-layout.ts";
import { windowWords } from "./window-words.ts";
import { zoneGroups } from "./zones.ts";

/** What the signup page shows; after a mistake also what was entered and what is wrong with it. */
export interface SignupPage {
  site: Site;
  course: Course;
  values?: { name: string; email: string; zone: string; digest?: boolean };
  problems?: Partial<Record<"email" | "name" | "zone" | "course", string>>;
}

/** The home page: what the course is, and the form to get it; after a mistake only the form. */
export function signupPage(props: SignupPage): string {
  const { site, course, problems = {} } = props;
  const isWrong = Object.keys(problems).length > 0;
  return pageLayout({
    site,
    title: isWrong ? `Please check the form: ${course.title}` : course.title,
    description: course.summary,
    script: "/assets/zone.js",
    body: isWrong
      ? html`${mistakes(course, problems)}\n${form(props)}`
      : html`${pitch(course)}
<section class="signup" aria-labelledby="signup">
<h2 id="signup">Start the course</h2>
${form(props)}
</section>`,
  });
}

function pitch(course: Course): Html {
  const steps = course.steps.filter(({ number }) => number !== undefined);
  const haveTasks = steps.every(({ checklist }) => checklist.length > 0);
  const list = html`<h2>What you get</h2>
<ol class="steps">${steps.map(({ title }) => html`<li>${title}</li>`)}</ol>
${haveTasks ? html`<p class="muted">Each step ends with a short checklist.</p>` : ""}`;
  return html`<p class="eyebrow">A course by mail: ${courseLength(course)}</p>
<h1>${course.title}</h1>
<p class="lead">${course.summary}</p>
<h2>Who it is for</h2>
<p>${course.audience}</p>
${steps.length > 0 ? list : ""}`;
}

function form({ site, course, values, problems = {} }: SignupPage): Html {
  return html`<form method="post" action="/signup" novalidate>
<input type="hidden" name="course" value="${course.name}">
${field({
  name: "name",
  label: "First name",
  hint: "So that we can greet you by it.",
  mistake: problems.name,
  isOptional: true,
  control: (attributes) =>
    html`<input ${attributes} type="text" value="${values?.name ?? ""}" autocomplete="given-name" maxlength="120">`,
})}
${field({
  name: "email",
  label: "E-mail address",
  mistake: problems.email,
  control: (attributes) =>
    html`<input ${attributes} type="email" value="${values?.email ?? ""}" autocomplete="email" required maxlength="254">`,
})}
${field({
  name: "zone",
  label: "Time zone",
  hint: `Mails come ${windowWords(course.window)}, by your clock.`,
  mistake: problems.zone,
  control: (attributes) => zoneSelect(attributes, site.defaults.zone, values?.zone),
})}
<div class="field choice">
<input id="digest" name="digest" type="checkbox" aria-describedby="digest-hint"${values?.digest ? html` checked` : ""}>
<label for="digest">Also send me a weekly digest of news of the field, only when there is some</label>
<p class="hint" id="digest-hint">${digestConsentText(site)}</p>
</div>
<p class="consent">${consentText(site, course)}</p>
<button type="submit">Sign up</button>
</form>`;
}

function zoneSelect(attributes: Html, standard: string, entered: string | undefined): Html {
  const groups = zoneGroups(standard);
  const isListed = groups.some(({ zones }) => zones.some(({ id }) => id === entered));
  const chosen = isListed ? entered : standard;
  const options = groups.map(
    ({ name, zones }) =>
      html`<optgroup label="${name}">${zones.map(
        ({ id, label }) =>
          html`<option value="${id}"${id === chosen ? html` selected` : ""}>${label}</option>`,
      )}</optgroup>`,
  );
  return html`<select ${attributes} autocomplete="off"${entered === undefined ? html` data-detect` : ""}>${options}</select>`;
}

function mistakes(course: Course, problems: Partial<Record<string, string>>): Html {
  return html`<p class="eyebrow">${course.title}</p>
<h1>Please check the form</h1>
${mistakeList(problems, ["course"])}`;
}
