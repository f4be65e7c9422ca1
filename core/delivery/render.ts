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

function escaped(slot: Slot, value: string | undefined): string {
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
      return value.replace(/\p{Cc}+/gu, " ");
    case "html":
      return escapeHtml(value);
    case "url":
      if (!/^https?:\/\//.test(value)) {
        throw new AppError("invalid", "mail.bad-link", `{{${slot.name}}} is not a web address`);
      }
      return escapeHtml(value);
  }
}
