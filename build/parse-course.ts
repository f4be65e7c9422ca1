import type { Course, Step } from "../core/catalogue.ts";
import type { SendWindow } from "../core/time/window.ts";
import { checkMarkdown } from "./check-markdown.ts";
import { checkSteps } from "./check-steps.ts";
import { CourseFile } from "./course-schema.ts";
import type { Facts } from "./facts.ts";
import { hasSlot } from "./find-slots.ts";
import { type MailSource, parseMail } from "./parse-mail.ts";
import { type PageSource, pageNames, parsePage } from "./parse-page.ts";
import type { Problem, Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";

/** A course with the mails and pages that belong to it, ready to be compiled. */
export interface CourseSource {
  course: Course;
  mails: { step: Step; mail: MailSource }[];
  pages: PageSource[];
}

/** Reads a course with everything in its folder, and reports all mistakes at once. */
export function parseCourse(
  name: string,
  context: { sources: Sources; facts: Facts; window: SendWindow | undefined },
  report: Report,
  warn: (warning: Problem) => void,
): CourseSource | undefined {
  const { sources, facts } = context;
  const folder = `content/courses/${name}/`;
  const file = `${folder}course.yaml`;
  const texts = new Map(
    [...sources]
      .filter(([path]) => path.startsWith(folder))
      .map(([path, text]) => [path.slice(folder.length), text]),
  );
  const yaml = readYaml(CourseFile, { file, text: texts.get("course.yaml") ?? "" }, report);
  checkSteps(name, { file, yaml }, texts, report);

  const pages = pageNames.flatMap((page) => {
    const text = texts.get(`${page}.md`);
    const parsed =
      text === undefined ? undefined : parsePage(page, { file: `${folder}${page}.md`, text }, facts, report);
    return parsed ?? [];
  });
  const mails = new Map<string, MailSource>();
  for (const [path, text] of texts) {
    if (!path.endsWith(".md") || pageNames.some((page) => `${page}.md` === path)) continue;
    const mail = parseMail(folder + path, text, facts, report);
    if (mail) mails.set(path, mail);
    if (yaml.value && !yaml.value.steps.some((step) => step.mail === path)) {
      warn({
        file: folder + path,
        line: 1,
        message: "No step of the course sends this mail: name it in course.yaml, or remove it",
      });
    }
  }
  const place = { course: name, pages: new Map(pages.map((page) => [page.name, page.headings])) };
  for (const mail of mails.values()) checkMarkdown(mail, place, report);
  for (const page of pages) checkMarkdown(page, { ...place, page: page.name }, report);

  if (!yaml.value || !context.window) return undefined;
  return joinSteps(yaml.value, { mails, pages, window: context.window }, report);
}

function joinSteps(
  file: CourseFile,
  found: { mails: Map<string, MailSource>; pages: PageSource[]; window: SendWindow },
  report: Report,
): CourseSource {
  const joined = file.steps.flatMap(({ mail: path, title, number, window, delayMinutes, ...rest }) => {
    const mail = found.mails.get(path);
    if (!mail) return [];
    if (!title && hasSlot(mail.subject)) {
      const message = `The subject differs from reader to reader and cannot be the title: give the step ${rest.id} a title in course.yaml`;
      report({ file: mail.file, line: 2, message });
    }
    const step: Step = {
      ...rest,
      title: title ?? mail.subject,
      checklist: mail.checklist,
      ...(number !== undefined && { number }),
      ...(delayMinutes !== undefined && { delayMinutes }),
      ...(window !== undefined && { window }),
    };
    return [{ step, mail }];
  });
  const course = { ...file, window: file.window ?? found.window, steps: joined.map(({ step }) => step) };
  return { course, mails: joined, pages: found.pages };
}
