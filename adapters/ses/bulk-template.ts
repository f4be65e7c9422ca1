import type { CompiledMail, CompiledText } from "../../core/catalogue.ts";
import { slotKey } from "../../core/delivery/outgoing-mail.ts";

/** A compiled mail as SES's inline template; `fixed` are values that each reader's have to be joined by. */
export interface BulkTemplate {
  content: { Subject: string; Html: string; Text: string };
  fixed: Record<string, string>;
}

/**
 * A brace beside another one, or at an end of a literal, where a slot may follow: SES would take it for part of a
 * substitution, and every minified style ends in two of them. Each becomes a value of one brace, so that no value holds
 * what could be taken for a substitution, either.
 */
const risky = /[{}](?=[{}])|(?<=[{}])[{}]|^[{}]|[{}]$/g;
const braces: Record<string, string> = { "{": "open_brace", "}": "close_brace" };

/** SES knows plain substitution only in inline content, and escapes nothing: values come escaped for their slot. */
export function bulkTemplate(mail: CompiledMail): BulkTemplate {
  const fixed: BulkTemplate["fixed"] = {};
  const asTemplate = ({ literals, slots }: CompiledText) =>
    literals
      .map((literal, index) => {
        const text = literal.replace(risky, (brace) => {
          const key = braces[brace] ?? "";
          fixed[key] = brace;
          return `{{${key}}}`;
        });
        const slot = slots[index];
        return slot ? `${text}{{${slotKey(slot)}}}` : text;
      })
      .join("");
  const content = {
    Subject: asTemplate(mail.subject),
    Html: asTemplate(mail.html),
    Text: asTemplate(mail.text),
  };
  return { content, fixed };
}
