import type { MessageTag } from "./request-schemas.ts";
import { badRequest } from "./ses-error.ts";

const maxTags = 50;
const special = new Set(["ses:feedback-id-a", "ses:feedback-id-b"]);

/** Checks message tags by the rules of SES; of two with one name, the later counts. */
export function checkTags(tags: MessageTag[]): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const { Name: name, Value: value } of tags) {
    if (!special.has(name)) checkPart("name", name);
    checkPart("value", value);
    checked[name] = value;
  }
  if (Object.keys(checked).length > maxTags) throw badRequest(`More than ${maxTags} message tags.`);
  return checked;
}

function checkPart(part: "name" | "value", text: string): void {
  if (/^[A-Za-z0-9_-]{1,256}$/.test(text)) return;
  throw badRequest(
    `Invalid tag ${part} <${text}>: only alphanumeric ASCII characters, '_', and '-' are allowed.`,
  );
}
