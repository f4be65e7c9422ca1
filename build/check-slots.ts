import type { SlotName } from "../core/catalogue.ts";
import { templateFile } from "./assemble-template.ts";
import { findSlots } from "./find-slots.ts";
import { lineAt, type Report } from "./problem.ts";

/** The slots of every mail that can be left. */
const listSlots: readonly SlotName[] = ["greeting", "publicUrl", "unsubscribeUrl", "progressUrl"];
/** The slots that a mail of a course may use. */
export const courseSlots: readonly SlotName[] = [...listSlots, "stepUrl"];

const bodySlots: readonly SlotName[] = [...listSlots, "title", "bodyHtml"];
const ofTemplates: Record<string, readonly SlotName[]> = {
  // What stands in all mails may ask for what all mails have.
  [templateFile("layout")]: ["greeting", "publicUrl"],
  // Nobody is on a list yet, so there is none to leave.
  [templateFile("confirm")]: ["greeting", "publicUrl", "confirmUrl", "summary"],
  [templateFile("confirm-reminder")]: ["greeting", "publicUrl", "confirmUrl", "summary"],
  // Asked for by one person, who is on no list by it.
  [templateFile("access")]: ["greeting", "publicUrl", "accountUrl"],
  [templateFile("address")]: ["greeting", "publicUrl", "addressUrl"],
  [templateFile("digest")]: bodySlots,
  [templateFile("campaign")]: bodySlots,
  [templateFile("nudge")]: [...courseSlots, "title", "summary", "source"],
  [templateFile("deadline")]: [...listSlots, "title", "date", "summary", "standing", "calendar"],
  [templateFile("digest-topic")]: ["title"],
  [templateFile("digest-item")]: ["title", "url", "summary", "hours", "source", "date"],
  [templateFile("digest-week")]: ["title"],
  [templateFile("digest-more")]: ["title", "url"],
};

/** The slots that a template may use. */
export function slotsOfTemplate(file: string): readonly SlotName[] {
  if (file.startsWith("content/campaigns/")) return [...listSlots, "title"];
  return ofTemplates[file] ?? courseSlots;
}

/** Reports unknown and broken slots of a file, and those of MJML that stand where no value may be put in. */
export function checkSlots(
  source: { file: string; text: string; kind: "mjml" | "plain" },
  allowed: readonly string[],
  report: Report,
): void {
  const { file, text } = source;
  const found = findSlots(text);
  const list = allowed.map((name) => `{{${name}}}`).join(", ") || "none";
  for (const { name, index, place } of found) {
    const line = lineAt(text, index);
    if (!allowed.includes(name)) {
      report({ file, line, message: `{{${name}}} is no slot that may stand here: use one of ${list}` });
    } else if (source.kind === "mjml" && typeof place !== "string") {
      const message = `{{${name}}} stands ${place.mistake}: a slot may stand in text, or at the start of href="…"`;
      report({ file, line, message });
    } else if (name === "bodyHtml" && text.split("\n")[line - 1]?.trim() !== "{{bodyHtml}}") {
      const message = "{{bodyHtml}} is whole paragraphs: put it on a line of its own, outside of <p>";
      report({ file, line, message });
    }
  }
  const whole = new Set(found.flatMap(({ index, length }) => [index, index + length - 2]));
  // CSS in MJML may well end in }}
  for (const { index } of text.matchAll(source.kind === "mjml" ? /\{\{/g : /\{\{|\}\}/g)) {
    if (whole.has(index)) continue;
    report({
      file,
      line: lineAt(text, index),
      message: `A slot is not closed or not opened: write one of ${list}`,
    });
  }
}

/** Reports facts and slots in a file of settings, where nobody would fill them. */
export function checkNoSlots(file: string, texts: { text: string; line: number }[], report: Report): void {
  for (const { text, line } of texts) {
    const [found] = /\{fact:[^}]*\}|\{\{|\}\}/.exec(text) ?? [];
    if (found)
      report({ file, line, message: `${found} cannot stand here: facts and slots are for mails and pages` });
  }
}
