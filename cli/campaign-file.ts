import { readFileSync } from "node:fs";
import { basename } from "node:path";
import * as z from "zod";
import { splitFrontMatter } from "../build/front-matter.ts";
import { formatProblem, type Problem } from "../build/problem.ts";
import { readYaml } from "../build/read-yaml.ts";
import { Failure } from "./failure.ts";

const Front = z.strictObject({
  title: z.string("write the mail's subject"),
  id: z.string("write a name, such as spring-news").optional(),
});

const example = "---\ntitle: Spring news\n---\nThe text, in Markdown.";

/** A campaign as it is written: a Markdown file with a title, and perhaps an id, in its front matter. */
export interface CampaignFile {
  id: string;
  title: string;
  markdown: string;
}

/**
 * Reads a campaign's file; without an id it is named as its file is.
 * @throws Failure that lists every mistake with its line.
 */
export function readCampaignFile(file: string): CampaignFile {
  const parts = splitFrontMatter(readText(file));
  if (!parts)
    throw new Failure("file.no-title", `${file} has no front matter. Begin it as here:\n${example}`);
  const problems: Problem[] = [];
  const source = { file, text: parts.front, firstLine: parts.frontLine };
  const { value } = readYaml(Front, source, (problem) => problems.push(problem));
  if (!value || problems.length > 0)
    throw new Failure("file.invalid", ["Correct these lines:", ...problems.map(formatProblem)].join("\n"));
  return { id: value.id ?? basename(file).replace(/\.\w+$/, ""), title: value.title, markdown: parts.body };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8")
      .replace(/^\uFEFF/, "")
      .replaceAll("\r\n", "\n");
  } catch (cause) {
    throw new Failure("file.unreadable", `${file} cannot be read. Check the name of the file.`, { cause });
  }
}
