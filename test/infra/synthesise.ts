import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { App } from "aws-cdk-lib";
import { createStack, type StackOptions } from "../../infra/cdk/stack.ts";
import { namesOf, type ServiceManifest, service } from "../../infra/service.ts";
import type { Settings } from "../../infra/settings.ts";
import { factsFromTemplate } from "./facts-from-template.ts";
import type { Raw } from "./template/watch.ts";

/** Settings of a deployment, as a test needs them. */
export function settingsOf(settings: Partial<Settings> = {}): Settings {
  return {
    stage: "production",
    production: (settings.stage ?? "production") === "production",
    mailDomain: "example.org",
    mailDomainExists: false,
    alarmEmail: "operator@example.org",
    ...settings,
  };
}

/** Synthesises the stack, with one line of code for each bundle, and gives its template and a way to its facts. */
export function synthesise(settings: Settings, options: Omit<StackOptions, "bundles"> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "stepletter-cdk-"));
  try {
    const manifest: ServiceManifest = options.manifest ?? service;
    const bundles = join(folder, "dist/functions");
    for (const name of Object.keys(manifest.functions)) {
      mkdirSync(join(bundles, name), { recursive: true });
      // The name, or all would be one asset.
      writeFileSync(join(bundles, name, "index.mjs"), `export const handler = () => "${name}";\n`);
    }
    const app = new App({
      outdir: join(folder, "out"),
      // Names of constructs in the template, and assets where they were.
      context: { "aws:cdk:enable-path-metadata": true, "aws:cdk:disable-asset-staging": true },
    });
    const stack = createStack(app, settings, { ...options, bundles });
    const assembly = app.synth();
    const artifact = assembly.getStackArtifact(stack.artifactId);
    const assets = JSON.parse(
      readFileSync(join(assembly.directory, `${stack.artifactId}.assets.json`), "utf8"),
    );
    const known = {
      names: namesOf(manifest, settings.stage),
      restoredTable: settings.restoredTable,
      bundleOf: (key: string): string | undefined => {
        const path = assets.files[basename(key, ".zip")]?.source.path;
        return path && relative(folder, resolve(assembly.directory, path));
      },
    };
    const { template } = artifact;
    return { stack, artifact, template, factsOf: (changed: Raw) => factsFromTemplate(changed, known) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
