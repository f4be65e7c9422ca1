import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { Graph } from "./graph.ts";
import { region } from "./pretended-aws.ts";

const root = resolve(import.meta.dirname, "../..");
const platform = join(root, ".sst/platform");
const program = join(platform, "stepletter-graph.mjs");

/** Bundles the program as SST's command line does; where it lies, it finds the packages of SST's platform. */
export async function buildProgram(): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, "graph-program.ts")],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    inject: [join(platform, "src/shim/run.js")],
    logLevel: "warning",
  });
}

/** The resources that `sst deploy` would register, for settings in the environment. */
export async function evaluate(stage: string, settings: Record<string, string>): Promise<Graph> {
  const folder = await mkdtemp(join(tmpdir(), "stepletter-graph-"));
  const output = join(folder, "graph.json");
  try {
    const ended = await promisify(execFile)(process.execPath, [program, stage, root, output], {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        AWS_REGION: region,
        STEPLETTER_BUNDLES: "ready",
        ...settings,
      },
    }).catch((error: unknown) => error);
    if (!existsSync(output)) throw ended;
    const graph = JSON.parse(await readFile(output, "utf8")) as Graph;
    // Pulumi fails a program that ends while something is still to be registered.
    if (ended instanceof Error && !graph.failure) throw ended;
    return graph;
  } finally {
    await rm(folder, { recursive: true });
  }
}
