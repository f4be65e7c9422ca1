import { escapeHtml } from "../escape-html.ts";
import { oneLine } from "../one-line.ts";
import { type ChosenText, progressMark } from "./choose-text.ts";

/** What stands for one reader in the fields of a text. */
export interface FieldValues {
  name: string;
  progressUrl: string;
}

const marks = /\uE000(\d+)\uE001/g;

/** Puts a reader's values into rendered HTML, escaped. */
export function fillHtml(html: string, fields: ChosenText["fields"], values: FieldValues): string {
  return html
    .replaceAll(marks, (_, n: string) => withoutBraces(escapeHtml(saidFor(fields[Number(n)], values))))
    .replaceAll(progressMark, withoutBraces(escapeHtml(values.progressUrl)));
}

/** Puts a reader's values into plain text: on one line each, and no two braces together, which SES might take for a substitution. */
export function fillText(text: string, fields: ChosenText["fields"], values: FieldValues): string {
  return text
    .replaceAll(marks, (_, n: string) =>
      oneLine(saidFor(fields[Number(n)], values)).replace(/[{}](?=[{}])/g, "$& "),
    )
    .replaceAll(progressMark, values.progressUrl);
}

function saidFor(field: ChosenText["fields"][number] | undefined, values: FieldValues): string {
  switch (field?.field) {
    case "name":
      return values.name || field.fallback;
    case "firstName":
      return values.name.split(/\s+/)[0] || field.fallback;
    case "progressUrl":
      return values.progressUrl;
    default:
      return "";
  }
}

function withoutBraces(html: string): string {
  return html.replaceAll("{", "&#123;").replaceAll("}", "&#125;");
}
