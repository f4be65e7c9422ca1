import { join } from "node:path";
import { buildCatalogue } from "../../build/build-catalogue.ts";
import { formatProblem } from "../../build/problem.ts";
import { readSources } from "../../build/read-sources.ts";
import type { CompiledText } from "../../core/catalogue.ts";

const { catalogue, problems } = await buildCatalogue(
  await readSources(join(import.meta.dirname, "../..")),
  "2026-12-01",
);
if (!catalogue) throw new Error(problems.map(formatProblem).join("\n"));

/** The project's own content in the project's own templates, as it is mailed. */
export const projectCatalogue = catalogue;

/** A compiled text with its slots as they were written. */
export function written({ literals, slots }: CompiledText): string {
  return literals
    .map((literal, index) => literal + (slots[index] ? `{{${slots[index].name}}}` : ""))
    .join("");
}
