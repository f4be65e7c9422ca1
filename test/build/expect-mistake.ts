import { expect, it } from "vitest";
import { buildCatalogue } from "../../build/build-catalogue.ts";
import { formatProblem } from "../../build/problem.ts";
import type { Sources } from "../../build/read-sources.ts";
import { sampleSources, withChange } from "./sample-sources.ts";

/** One mistake: what is changed to what, and how its message starts. The line is that of the change, unless given. */
export type Mistake = [what: string, from: string, to: string, message: string, line?: number];

/** Makes a test of each mistake: it stops the build, and is named with its file, its line and what to do. */
export function itNames(file: string, mistakes: Mistake[]): void {
  it.each(mistakes)("%s", async (_, from, to, message, line) => {
    const before = sampleSources.get(file)?.split(from, 1)[0] ?? "";
    const expected = `${file}:${line ?? before.split("\n").length}  ${message}`;
    const problems = await problemsOf(withChange(file, from, to));
    expect(problems).toContainEqual(expect.stringContaining(expected));
  });
}

/** The problems of a build that must fail, as it prints them. */
export async function problemsOf(sources: Sources): Promise<string[]> {
  const { problems, catalogue } = await buildCatalogue(sources, "2026-12-01");
  expect(catalogue).toBeUndefined();
  return problems.map(formatProblem);
}
