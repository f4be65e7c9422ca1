import type { CompiledMail, CompiledText, Slot } from "../../core/catalogue.ts";
import { fill, type MailValues } from "../../core/delivery/render.ts";

/** A compiled mail as SES's template for all readers, and the data of one reader. */
export interface BulkTemplate {
  content: { Subject: string; Html: string; Text: string };
  /** @throws AppError of {@link fill} */
  dataOf(values: MailValues): string;
}

/**
 * A run of braces; and a single one where a literal meets a slot, which would make three of two. Each becomes a value
 * of its own, so that no literal can be taken for a substitution. Minified styles are full of "}}".
 */
const braces = /[{}]{2,}|^[{}]|[{}]$/g;

/**
 * Makes SES's template of a compiled mail. SES escapes nothing: a slot is named after what it holds and where it stands,
 * and its value comes escaped for that place.
 */
export function bulkTemplate(mail: CompiledMail): BulkTemplate {
  const runs: string[] = [];
  const slots = new Map<string, Slot>();
  const asTemplate = ({ literals, slots: own }: CompiledText) =>
    literals
      .map((literal, index) => {
        const text = literal.replace(braces, (run) => {
          if (!runs.includes(run)) runs.push(run);
          return `{{b${runs.indexOf(run)}}}`;
        });
        const slot = own[index];
        if (!slot) return text;
        const key = `${slot.name}_${slot.as}`;
        slots.set(key, slot);
        return `${text}{{${key}}}`;
      })
      .join("");

  const content = {
    Subject: asTemplate(mail.subject),
    Html: asTemplate(mail.html),
    Text: asTemplate(mail.text),
  };
  const fixed = Object.fromEntries(runs.map((run, index) => [`b${index}`, run]));
  const fields = [...slots].map(([key, slot]): [string, CompiledText] => [
    key,
    { literals: ["", ""], slots: [slot] },
  ]);
  return {
    content,
    dataOf: (values) =>
      JSON.stringify({
        ...fixed,
        ...Object.fromEntries(fields.map(([key, text]) => [key, fill(text, values)])),
      }),
  };
}
