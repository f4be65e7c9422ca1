import type { Catalogue } from "../core/catalogue.ts";
import { assembleTemplate, type Template, type TemplateKind, templateKinds } from "./assemble-template.ts";
import { checkSlots, confirmSlots, courseSlots } from "./check-slots.ts";
import { compileConfirm, readConfirmFront } from "./compile-confirm.ts";
import { compileCourseMails, compileCoursePages } from "./compile-course.ts";
import { readFacts, staleFacts } from "./facts.ts";
import { parseCourse } from "./parse-course.ts";
import { parseSite } from "./parse-site.ts";
import { type Problem, type Report, sortProblems } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { checkPlaceholders } from "./template-values.ts";

/** What a build found. There is a catalogue only if there is no problem. */
export interface BuildResult {
  catalogue: Catalogue | undefined;
  problems: Problem[];
  warnings: Problem[];
  staleFacts: number;
}

/** Makes the catalogue from the files of `content/` and `templates/`; `today` decides which facts are stale. */
export async function buildCatalogue(sources: Sources, today: string): Promise<BuildResult> {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const report: Report = (problem) => void problems.push(problem);

  const facts = readFacts(sources, report);
  const names = courseNames(sources);
  const site = parseSite(sources, names, report);
  const window = site?.defaults.window;
  const courses = names.map((name) =>
    parseCourse(name, { sources, facts, window }, report, (found) => warnings.push(found)),
  );
  const front = readConfirmFront(sources, report);
  const templates = readTemplates(sources, report);
  const stale = staleFacts(facts, today);
  const outcome = { warnings: sortProblems([...warnings, ...stale]), staleFacts: stale.length };

  const failed = () => ({ ...outcome, catalogue: undefined, problems: sortProblems(problems) });

  const parsed = courses.filter((course) => course !== undefined);
  if (problems.length > 0 || !site || !front) return failed();

  const confirmContext = { site, courses: parsed.map(({ course }) => course), template: templates.confirm };
  const confirm = await compileConfirm(front, confirmContext, report);
  const mails = await Promise.all(
    parsed.map((course) => compileCourseMails(course, { site, facts, templates }, report)),
  );
  if (problems.length > 0 || !confirm) return failed();
  const catalogue: Catalogue = {
    site,
    courses: Object.fromEntries(parsed.map(({ course }) => [course.name, course])),
    mails: { confirm, ...Object.fromEntries(mails.flat()) },
    fragments: {},
    feeds: [],
    pages: Object.fromEntries(parsed.flatMap((course) => compileCoursePages(course, facts))),
  };
  return { ...outcome, catalogue, problems: [] };
}

function courseNames(sources: Sources): string[] {
  const names = [...sources.keys()].map((file) => /^content\/courses\/([^/]+)\//.exec(file)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

function readTemplates(sources: Sources, report: Report): Record<TemplateKind, Template> {
  checkPlaceholders(sources, report);
  for (const [file, text] of sources) {
    if (!file.endsWith(".mjml")) continue;
    const allowed = file.endsWith("/confirm.mjml") ? confirmSlots : courseSlots;
    checkSlots({ file, text, kind: "mjml" }, allowed, report);
  }
  const templates = templateKinds.map((kind) => [kind, assembleTemplate(kind, sources, report)]);
  return Object.fromEntries(templates) as Record<TemplateKind, Template>;
}
