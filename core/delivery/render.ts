import type { CompiledText, Slot, SlotName } from "../catalogue.ts";
import { AppError } from "../errors.ts";
import { escapeHtml } from "../escape-html.ts";

export type MailValues = Partial<Record<SlotName, string>>;

/**
 * Puts a recipient's values into a compiled text, each escaped for the place where it stands.
 * @throws AppError `mail.value-missing` rather than let a mail go with a hole, `mail.bad-link` on a link that is not http(s).
 */
export function fill({ literals, slots }: CompiledText, values: MailValues): string {
  let filled = literals[0] ?? "";
  slots.forEach((slot, index) => {
    filled += escaped(slot, values[slot.name]) + literals[index + 1];
  });
  return filled;
}

/**
 * Puts in what is the same for every reader; what is left to fill is one reader's own.
 * @throws AppError of {@link fill}
 */
export function prefill({ literals, slots }: CompiledText, shared: MailValues): CompiledText {
  const left: CompiledText = { literals: [literals[0] ?? ""], slots: [] };
  slots.forEach((slot, index) => {
    const after = literals[index + 1] ?? "";
    const value = shared[slot.name];
    if (value === undefined) {
      left.slots.push(slot);
      left.literals.push(after);
    } else {
      left.literals.push(`${left.literals.pop()}${escaped(slot, value)}${after}`);
    }
  });
  return left;
}

/** The value of a slot as it stands in the mail. */
export function escaped(slot: Slot, value: string | undefined): string {
  if (value === undefined) {
    throw new AppError(
      "invalid",
      "mail.value-missing",
      `The mail asks for {{${slot.name}}}, which has no value`,
    );
  }
  switch (slot.as) {
    case "block":
      return value;
    case "text":
      // Nor may two braces stand together: whether SES looks for a substitution in a value is not documented.
      return value.replace(/\p{Cc}+/gu, " ").replace(/[{}](?=[{}])/g, "$& ");
    case "html":
      return withoutBraces(escapeHtml(value));
    case "url":
      if (!/^https?:\/\//.test(value)) {
        throw new AppError("invalid", "mail.bad-link", `{{${slot.name}}} is not a web address`);
      }
      return withoutBraces(escapeHtml(value));
  }
}

function withoutBraces(html: string): string {
  return html.replaceAll("{", "&#123;").replaceAll("}", "&#125;");
}
