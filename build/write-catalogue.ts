import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Catalogue } from "../core/catalogue.ts";

// Written as code, so that it is type-checked; in the bundle it loads faster than a string for JSON.parse.
function catalogueModule(catalogue: Catalogue): string {
  return [
    "// Made by `npm run build` from content/ and templates/; change those.",
    'import type { Catalogue } from "../core/catalogue.ts";',
    "",
    "/** All courses, compiled mails and pages. */",
    `export const catalogue: Catalogue = ${JSON.stringify(catalogue)};`,
    "",
  ].join("\n");
}

/** Writes the module in one move, so that whoever reads it never sees half a catalogue. */
export async function writeCatalogue(file: string, catalogue: Catalogue): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, catalogueModule(catalogue));
  await rename(draft, file);
}
