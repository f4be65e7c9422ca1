import { basename, dirname, join, relative } from "node:path";
import { build } from "esbuild";
import type { ServiceManifest } from "../infra/service.ts";
import { lighterModules } from "./lighter-modules.ts";
import { packedCatalogue } from "./packed-catalogue.ts";

/** One function as it is deployed: a folder of its name with this one file, `index.mjs`, whose handler is `index.handler`. */
export interface Bundle {
  name: string;
  code: Uint8Array;
  /** What it was made from, as paths from the root of the project. */
  inputs: string[];
}

/** Makes one file of each function of the manifest and of all that it imports: the same bytes each time. */
export async function bundleFunctions({ functions }: Pick<ServiceManifest, "functions">): Promise<Bundle[]> {
  const root = join(import.meta.dirname, "..");
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(functions).map(([name, { entry }]) => ({ in: entry, out: `${name}/index` })),
    outdir: "dist/functions",
    outExtension: { ".js": ".mjs" },
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    legalComments: "none",
    format: "esm",
    platform: "node",
    target: "node24",
    // Modules before CommonJS, where a package has both: only they can be shaken.
    mainFields: ["module", "main"],
    // What is CommonJS all the same asks for Node's own modules by `require`.
    banner: {
      js: 'import{createRequire as requireFrom}from"node:module";const require=requireFrom(import.meta.url);',
    },
    plugins: [packedCatalogue, lighterModules],
    logLevel: "warning",
  });
  return outputFiles.map(({ path, contents }) => ({
    name: basename(dirname(path)),
    code: contents,
    inputs: Object.keys(metafile.outputs[relative(root, path)]?.inputs ?? {}),
  }));
}
