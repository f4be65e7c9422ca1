import { html } from "hono/html";
import type { Credential } from "../core/catalogue.ts";
import type { DateKind } from "../core/reminder/reminder-date.ts";
import { field } from "./field.ts";
import { hiddenFields } from "./open-form.ts";
import type { Html } from "./page-layout.ts";

/** The form for one more date; after a mistake with what was entered and what is wrong with it. */
export interface DateForm {
  token: string;
  credentials: Credential[];
  /** The reader's own day, as in `2027-05-07`. */
  today: string;
  values?: Record<"kind" | "credential" | "label" | "date", string> | undefined;
  problems?: Partial<Record<"kind" | "credential" | "label" | "date", string>> | undefined;
}

const kinds: Record<DateKind, string> = {
  exam: "An exam",
  application: "An application",
  renewal: "The renewal of a credential",
  other: "Something else",
};

export function dateForm({ token, credentials, today, values, problems = {} }: DateForm): Html {
  return html`<form method="post" action="/progress/dates" novalidate>
${hiddenFields({ token })}${field({
  name: "kind",
  label: "What is it?",
  mistake: problems.kind,
  control: (attributes) => select(attributes, Object.entries(kinds), values?.kind),
})}
${field({
  name: "credential",
  label: "Which credential is it about?",
  hint: "For a renewal we show the hours you need.",
  mistake: problems.credential,
  control: (attributes) =>
    select(
      attributes,
      [
        ["none", "None, or another"],
        ...credentials.map(({ id, name, fullName }) => [id, `${name}, ${fullName}`]),
      ],
      values?.credential,
    ),
})}
${field({
  name: "date",
  label: "Which day?",
  mistake: problems.date,
  control: (attributes) =>
    html`<input ${attributes} type="date" value="${values?.date ?? ""}" min="${today}" required>`,
})}
${field({
  name: "label",
  label: "A name for it",
  hint: "It becomes the subject of the reminders. Left empty, it is “Exam” or the like.",
  isOptional: true,
  mistake: problems.label,
  control: (attributes) =>
    html`<input ${attributes} type="text" value="${values?.label ?? ""}" autocomplete="off" maxlength="80">`,
})}
<button type="submit">Add this date</button>
</form>`;
}

/** A choice of one among several. */
export function select(attributes: Html, options: string[][], chosen: string | undefined): Html {
  return html`<select ${attributes}>${options.map(
    ([value = "", words]) =>
      html`<option value="${value}"${value === chosen ? html` selected` : ""}>${words}</option>`,
  )}</select>`;
}
