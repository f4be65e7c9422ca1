import { html } from "hono/html";
import type { Credential } from "../core/catalogue.ts";
import type { CeCategory } from "../core/ce/ce-entry.ts";
import { select } from "./date-form.ts";
import { field } from "./field.ts";
import { hiddenFields } from "./open-form.ts";
import type { Html } from "./page-layout.ts";

type Fields = Record<"hours" | "activity" | "category" | "day" | "covers", string>;

/** The form that logs hours; after a mistake with what was entered and what is wrong with it. */
export interface HoursForm {
  token: string;
  /** What this showing of the form is known by, so that pressing its button twice logs once. */
  form: string;
  /** Those that the reader keeps. */
  credentials: Credential[];
  today: string;
  values?: Fields | undefined;
  problems?: Partial<Fields> | undefined;
}

export function hoursForm({ token, form, credentials, today, values, problems = {} }: HoursForm): Html {
  return html`<form method="post" action="/progress/hours" novalidate>
${hiddenFields({ token, form })}${field({
  name: "hours",
  label: "How many hours?",
  hint: "In quarters, such as 1.5",
  mistake: problems.hours,
  control: (attributes) =>
    html`<input ${attributes} type="text" inputmode="decimal" value="${values?.hours ?? ""}" autocomplete="off" required>`,
})}
${field({
  name: "activity",
  label: "What did you do?",
  hint: "For example “Webinar on coding updates”",
  mistake: problems.activity,
  control: (attributes) =>
    html`<input ${attributes} type="text" value="${values?.activity ?? ""}" autocomplete="off" required maxlength="120">`,
})}
${field({
  name: "category",
  label: "With whom?",
  hint: countsAs(credentials),
  mistake: problems.category,
  control: (attributes) => select(attributes, categories(credentials), values?.category),
})}
${field({
  name: "day",
  label: "On which day?",
  mistake: problems.day,
  control: (attributes) =>
    html`<input ${attributes} type="date" value="${values?.day ?? today}" max="${today}" required>`,
})}
${credentials.length > 1 || problems.covers ? covers(credentials, values, problems) : ""}
<button type="submit">Log these hours</button>
</form>`;
}

function covers(credentials: Credential[], values: HoursForm["values"], problems: Partial<Fields>): Html {
  return field({
    name: "covers",
    label: "Which credential do they count for?",
    mistake: problems.covers,
    control: (attributes) =>
      select(
        attributes,
        [["all", "Every one that I keep"], ...credentials.map(({ id, name }) => [id, name])],
        values?.covers,
      ),
  });
}

function categories(credentials: Credential[]): string[][] {
  const bodies = [...new Set(credentials.map(({ body }) => body))];
  const options: [CeCategory, string][] = bodies.map((body) => [`own:${body}`, body]);
  return [...options, ["other", "Somebody else"]];
}

/** Who else is taken for a body, which is too long for an option. */
function countsAs(credentials: Credential[]): string {
  const hints = credentials.flatMap(({ own, body }) =>
    own && own.from !== body ? [`Choose ${body} for hours from ${own.from}.`] : [],
  );
  return [...new Set(hints)].join(" ");
}
