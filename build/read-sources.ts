import { glob, readFile } from "node:fs/promises";
import { join, sep } from "node:path";

/** Every file that the build reads, by its path from the root of the project. */
export type Sources = ReadonlyMap<string, string>;

const patterns = [
  "content/*.yaml",
  "content/courses/*/*.{yaml,md}",
  "content/campaigns/*.mjml",
  "templates/*.mjml",
];

/** Reads `content/` and `templates/` into memory, with plain line ends. */
export async function readSources(root: string): Promise<Sources> {
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd: root })) files.push(file.split(sep).join("/"));
  const texts = files.sort().map(async (file): Promise<[string, string]> => {
    const text = await readFile(join(root, file), "utf8");
    return [file, text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n")];
  });
  return new Map(await Promise.all(texts));
}
