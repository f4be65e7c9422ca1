import { checkSlots, courseSlots } from "./check-slots.ts";
import { MailFront } from "./course-schema.ts";
import { checkFactReferences, type Facts, replaceFacts } from "./facts.ts";
import { splitFrontMatter } from "./front-matter.ts";
import type { Report } from "./problem.ts";
import { readYaml } from "./read-yaml.ts";

/** A mail of a course as its author wrote it, its facts put in except in `body`. */
export interface MailSource {
  file: string;
  subject: string;
  preheader: string;
  checklist: { id: string; text: string }[];
  body: string;
  bodyLine: number;
}

/** Reads a mail and reports its mistakes, save those of its links, which need the pages of the course. */
export function parseMail(file: string, text: string, facts: Facts, report: Report): MailSource | undefined {
  const parts = splitFrontMatter(text);
  if (!parts) {
    report({ file, line: 1, message: "Start the mail with --- , its subject and preheader, and --- again" });
    return undefined;
  }
  checkFactReferences({ file, text }, facts, report);
  checkSlots({ file, text, kind: "plain" }, courseSlots, report);
  const { value, lineOf } = readYaml(
    MailFront,
    { file, text: parts.front, firstLine: parts.frontLine },
    report,
  );
  if (!value) return undefined;

  const checklist = value.checklist ?? [];
  for (const [index, task] of checklist.entries()) {
    if (checklist.findIndex(({ id }) => id === task.id) === index) continue;
    const message = `Two tasks of the mail are called ${task.id}: give this one an id of its own`;
    report({ file, line: lineOf(["checklist", index, "id"]), message });
  }
  if (checklist.some(({ text }) => text.includes("{{"))) {
    const message = "A task is the same for every reader: take the slot out of it";
    report({ file, line: lineOf(["checklist"]), message });
  }
  return {
    file,
    subject: replaceFacts(value.subject, facts),
    preheader: replaceFacts(value.preheader, facts),
    checklist: checklist.map((task) => ({ ...task, text: replaceFacts(task.text, facts) })),
    body: parts.body,
    bodyLine: parts.bodyLine,
  };
}
