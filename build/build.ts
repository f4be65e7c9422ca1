import { join } from "node:path";
import type { Catalogue } from "../core/catalogue.ts";
import { buildCatalogue } from "./build-catalogue.ts";
import { describeHttp } from "./openapi/describe-http.ts";
import { formatProblem } from "./problem.ts";
import { readSources } from "./read-sources.ts";
import { writeCatalogue, writeWhole } from "./write-catalogue.ts";

/** The project, or another folder that is laid out like it. */
const root = process.argv[2] ?? join(import.meta.dirname, "..");
const { catalogue, problems, warnings, staleFacts } = await buildCatalogue(
  await readSources(root),
  new Date().toISOString().slice(0, 10),
);

for (const warning of warnings) console.warn(`warning  ${formatProblem(warning)}`);
for (const problem of problems) console.error(`error  ${formatProblem(problem)}`);
if (catalogue) {
  await writeCatalogue(join(root, "dist", "catalogue.ts"), catalogue);
  const openapi = JSON.stringify(describeHttp(catalogue));
  await writeWhole(
    join(root, "dist", "openapi.ts"),
    `// Made by \`npm run build\` from build/openapi/; change that.\nexport const openapi: string = ${openapi};\n`,
  );
  console.log(`${summary(catalogue)}, ${staleFacts} stale fact${staleFacts === 1 ? "" : "s"}.`);
} else {
  console.error(
    `Nothing was written: ${problems.length} mistake${problems.length === 1 ? "" : "s"} to mend first.`,
  );
  process.exitCode = 1;
}

function summary({ mails, pages }: Catalogue): string {
  const sizes = Object.values(mails).map(({ html }) => Buffer.byteLength(html.literals.join("")));
  const largest = (Math.max(...sizes) / 1024).toFixed(1);
  return `${sizes.length} mails and ${Object.keys(pages).length} pages compiled, the largest mail ${largest} KB`;
}
