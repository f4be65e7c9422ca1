import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Catalogue } from "../core/catalogue.ts";
import { cataloguePartsOf } from "./catalogue-parts.ts";

// Written as code, so that it is type-checked; each part by itself, so that a bundle holds only those that it needs.
function catalogueModule(catalogue: Catalogue): string {
  const typeOf = (name: string) => `Catalogue["${name === "previewedMails" ? "mails" : name}"]`;
  return [
    "// Made by `npm run build` from content/ and templates/; change those.",
    'import type { Catalogue } from "../core/catalogue.ts";',
    "",
    ...cataloguePartsOf(catalogue).map(
      ([name, part]) => `export const ${name}: ${typeOf(name)} = ${JSON.stringify(part)};`,
    ),
    "",
    "/** All of it. */",
    `export const catalogue: Catalogue = { ${Object.keys(catalogue).join(", ")} };`,
    "",
  ].join("\n");
}

/** Writes what was built as a module beside the sources. */
export async function writeCatalogue(file: string, catalogue: Catalogue): Promise<void> {
  await writeWhole(file, catalogueModule(catalogue));
}

/** Writes a file in one move, so that whoever reads it never sees half of it. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, text);
  await rename(draft, file);
}
