import { headingIds } from "../core/markdown/render-html.ts";
import { checkSlots } from "./check-slots.ts";
import { PageFront } from "./course-schema.ts";
import { checkFactReferences, type Facts } from "./facts.ts";
import { splitFrontMatter } from "./front-matter.ts";
import type { Report } from "./problem.ts";
import { readYaml } from "./read-yaml.ts";

/** The reference pages that a course may have, by file name without `.md`. */
export const pageNames = ["glossary", "resources"] as const;

/** A reference page as its author wrote it. */
export interface PageSource {
  name: string;
  file: string;
  title: string;
  description: string;
  body: string;
  bodyLine: number;
  headings: Set<string>;
}

/** Reads a reference page and reports its mistakes, save those of its links. */
export function parsePage(
  name: string,
  source: { file: string; text: string },
  facts: Facts,
  report: Report,
): PageSource | undefined {
  const { file, text } = source;
  const parts = splitFrontMatter(text);
  if (!parts) {
    report({ file, line: 1, message: "Start the page with --- , its title and description, and --- again" });
    return undefined;
  }
  checkFactReferences(source, facts, report);
  checkSlots({ file, text, kind: "plain" }, [], report);
  const { value } = readYaml(PageFront, { file, text: parts.front, firstLine: parts.frontLine }, report);
  const { body, bodyLine } = parts;
  return { title: name, description: "", ...value, name, file, body, bodyLine, headings: headingIds(body) };
}
