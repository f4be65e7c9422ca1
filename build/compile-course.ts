import type { CompiledMail, ContentPage, Reading, Site } from "../core/catalogue.ts";
import { escapeHtml } from "../core/escape-html.ts";
import { renderHtml } from "../core/markdown/render-html.ts";
import { numberedSteps } from "../web/course-length.ts";
import type { Template, TemplateKind } from "./assemble-template.ts";
import { compileMail } from "./compile-mail.ts";
import { type Facts, replaceFacts } from "./facts.ts";
import { checklistTable, progressPath, referenceLinks } from "./mail-fragments.ts";
import type { CourseSource } from "./parse-course.ts";
import type { Report } from "./problem.ts";
import { type LinkPlace, resolveLink } from "./resolve-link.ts";
import { splitHtml, splitText } from "./split-slots.ts";
import { siteValues } from "./template-values.ts";

/** Compiles the mails of a course, each under its key in the catalogue. */
export async function compileCourseMails(
  source: CourseSource,
  context: { site: Site; facts: Facts; templates: Record<TemplateKind, Template> },
  report: Report,
): Promise<[string, CompiledMail][]> {
  const { course, mails, pages } = source;
  const { site, facts, templates } = context;
  const shared = { ...siteValues(site), "course:title": escapeHtml(course.title) };
  const total = numberedSteps(course);
  const compiled = mails.map(async ({ step, mail }, index): Promise<[string, CompiledMail | undefined]> => {
    const values = {
      ...shared,
      "mail:title": escapeHtml(step.title),
      "mail:preheader": escapeHtml(mail.preheader),
      "mail:progress": progressPath(step.number, total),
      "mail:body": render(mail.body, placeOf(source), facts),
      "mail:checklist": checklistTable(step.checklist),
      "mail:references": referenceLinks(course.name, pages),
    };
    const template = templates[kindOf(step.number, index === mails.length - 1)];
    const { file, subject } = mail;
    return [
      `course/${course.name}/${step.id}`,
      await compileMail({ file, subject, template, values }, report),
    ];
  });
  return (await Promise.all(compiled)).flatMap(([key, mail]) => (mail ? [[key, mail]] : []));
}

/** Renders the reference pages of a course, each under its path. */
export function compileCoursePages(source: CourseSource, facts: Facts): [string, ContentPage][] {
  return source.pages.map(({ name, title, description, body }) => [
    `courses/${source.course.name}/${name}`,
    { title, description, html: render(body, { ...placeOf(source), page: name }, facts) },
  ]);
}

/** Compiles what the mails of a course say, to be read again on pages, each under its course and step. */
export function compileReadings(source: CourseSource, facts: Facts): [string, Reading][] {
  return source.mails.map(({ step, mail }) => [
    `${source.course.name}/${step.id}`,
    { subject: splitText(mail.subject), body: splitHtml(render(mail.body, placeOf(source), facts)) },
  ]);
}

function kindOf(number: number | undefined, isLast: boolean): TemplateKind {
  if (number !== undefined) return "step";
  return isLast ? "farewell" : "welcome";
}

function placeOf({ course, pages }: CourseSource): LinkPlace {
  return { course: course.name, pages: new Map(pages.map((page) => [page.name, page.headings])) };
}

function render(body: string, place: LinkPlace, facts: Facts): string {
  const link = (href: string) => {
    const resolved = resolveLink(href, place);
    return "href" in resolved ? resolved.href : href;
  };
  return replaceFacts(renderHtml(body, { link, headingIds: place.page !== undefined }), facts, escapeHtml);
}
