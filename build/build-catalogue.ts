import type { Catalogue } from "../core/catalogue.ts";
import {
  assembleTemplate,
  type FragmentKind,
  fragmentKinds,
  type Template,
  type TemplateKind,
  templateKinds,
} from "./assemble-template.ts";
import { checkSlots, slotsOfTemplate } from "./check-slots.ts";
import { compileBodyMails, compileFragments, readBodyFronts } from "./compile-body-mails.ts";
import { compileConfirms, readConfirmFronts } from "./compile-confirm.ts";
import { compileCourseMails, compileCoursePages, compileReadings } from "./compile-course.ts";
import { compileDesigns, designNames } from "./compile-designs.ts";
import { readFacts, staleFacts } from "./facts.ts";
import { parseCourse } from "./parse-course.ts";
import { parseCredentials } from "./parse-credentials.ts";
import { parseFeedRules } from "./parse-feed-rules.ts";
import { parseFeeds } from "./parse-feeds.ts";
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
  const feeds = parseFeeds(sources, report);
  const feedIds = feeds.map(({ id }) => id);
  const feedRules = parseFeedRules(sources, feedIds, report);
  const credentials = parseCredentials(sources, facts, report);
  const asking = readConfirmFronts(sources, report);
  const fronts = readBodyFronts(sources, report);
  const templates = readTemplates(sources, report);
  const designed = designNames(sources, report);
  const stale = staleFacts(facts, today);
  const outcome = { warnings: sortProblems([...warnings, ...stale]), staleFacts: stale.length };

  const failed = () => ({ ...outcome, catalogue: undefined, problems: sortProblems(problems) });

  const parsed = courses.filter((course) => course !== undefined);
  if (problems.length > 0 || !site) return failed();

  const confirms = await compileConfirms(asking, { site, templates }, report);
  const mails = await Promise.all(
    parsed.map((course) => compileCourseMails(course, { site, facts, templates }, report)),
  );
  const others = await compileBodyMails(fronts.mails, { site, templates }, report);
  const compiledDesigns = await compileDesigns(designed, { site, sources }, report);
  const fragments = await compileFragments(fronts.fragments, { site, templates }, report);
  if (problems.length > 0) return failed();
  const catalogue: Catalogue = {
    site,
    courses: Object.fromEntries(parsed.map(({ course }) => [course.name, course])),
    mails: Object.fromEntries([...confirms, ...mails.flat(), ...others, ...compiledDesigns]),
    designs: designed,
    fragments: Object.fromEntries(fragments),
    feeds,
    feedRules,
    credentials,
    pages: Object.fromEntries(parsed.flatMap((course) => compileCoursePages(course, facts))),
    readings: Object.fromEntries(parsed.flatMap((course) => compileReadings(course, facts))),
  };
  return { ...outcome, catalogue, problems: [] };
}

function courseNames(sources: Sources): string[] {
  const names = [...sources.keys()].map((file) => /^content\/courses\/([^/]+)\//.exec(file)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

function readTemplates(sources: Sources, report: Report): Record<TemplateKind | FragmentKind, Template> {
  checkPlaceholders(sources, report);
  for (const [file, text] of sources) {
    if (!file.endsWith(".mjml")) continue;
    checkSlots({ file, text, kind: "mjml" }, slotsOfTemplate(file), report);
  }
  const templates = [
    ...templateKinds.map((kind) => [kind, assembleTemplate(kind, sources, report)]),
    ...fragmentKinds.map((kind) => [kind, assembleTemplate("digest", sources, report, kind)]),
  ];
  return Object.fromEntries(templates) as Record<TemplateKind | FragmentKind, Template>;
}
