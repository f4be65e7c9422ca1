import { html } from "hono/html";
import type { Course, Site } from "../core/catalogue.ts";
import type { SignupConsent } from "../core/subscriber/consent-text.ts";
import { courseLength } from "./course-length.ts";
import { field } from "./field.ts";
import { mistakeList } from "./mistake-list.ts";
import { hiddenFields, type OpenForm, openFormFields } from "./open-form.ts";
import { type Html, pageLayout } from "./page-layout.ts";
import { windowWords } from "./window-words.ts";
import { zoneSelect } from "./zone-select.ts";

/** What the signup page shows; after a mistake also what was entered and what is wrong with it. */
export interface SignupPage {
  site: Site;
  course: Course;
  consent: Pick<SignupConsent, "course" | "digest" | "reminders">;
  form: OpenForm;
  /** What a form of another site has sent besides. */
  carried?: Record<string, string>;
  values?: { name: string; email: string; zone: string; digest?: boolean; reminders?: boolean };
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

function form({ site, course, consent, form, carried = {}, values, problems = {} }: SignupPage): Html {
  return html`<form method="post" action="${form.action}" novalidate>
${hiddenFields({ course: course.name, ...carried })}${openFormFields(form)}
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
${choice("digest", "Also send me a weekly digest of news of the field, only when there is some", consent.digest, values?.digest)}
${choice("reminders", "Also remind me of dates of my own, which I set on my page", consent.reminders, values?.reminders)}
<p class="consent">${consent.course}</p>
<button type="submit">Sign up</button>
</form>`;
}

function choice(name: string, label: string, hint: string, isTicked: boolean | undefined): Html {
  return html`<div class="field choice">
<input id="${name}" name="${name}" type="checkbox" aria-describedby="${name}-hint"${isTicked ? html` checked` : ""}>
<label for="${name}">${label}</label>
<p class="hint" id="${name}-hint">${hint}</p>
</div>`;
}

function mistakes(course: Course, problems: Partial<Record<string, string>>): Html {
  return html`<p class="eyebrow">${course.title}</p>
<h1>Please check the form</h1>
${mistakeList(problems, ["course"])}`;
}
