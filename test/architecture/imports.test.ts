import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/**
 * What each layer may import: its own folder is always allowed, everything else is named here. `type:` in
 * front allows the import of types alone.
 */
const allowed: Record<string, string[]> = {
  core: [
    "node:crypto",
    "node:url",
    "ical-generator",
    "marked",
    "standardwebhooks",
    "temporal-polyfill",
    "zod",
  ],
  adapters: [
    "core",
    "dist",
    "node:buffer",
    "node:crypto",
    "node:dns/promises",
    "node:net",
    "node:stream",
    "node:stream/promises",
    "node:timers/promises",
    "node:vm",
    "node:zlib",
    "disposable-email-domains-js",
    "htmlparser2",
    "ipaddr.js",
    "rss-parser",
    "undici",
    "zod",
    "@aws-lambda-powertools/jmespath",
    "@aws-lambda-powertools/metrics",
    "@aws-sdk/*",
  ],
  web: ["type:core", "hono/html", "hono/utils/html"],
  functions: [
    "core",
    "adapters",
    "web",
    "zod",
    "hono",
    "hono/*",
    "@aws-lambda-powertools/*",
    "type:aws-lambda",
  ],
  infra: [
    ...["aws-cdk-lib", "aws-cdk-lib/*", "cdk-nag", "constructs"],
    // The rule for the unsubscribe mailbox names the one that the content names.
    ...["node:child_process", "node:fs", "node:path", "yaml"],
  ],
};
/** These drive, build or prove the whole, and may import all of it. */
const free = ["local", "cli", "bench", "test", "build", "dist"];

describe("imports point one way", () => {
  const files = sourceFiles(root);

  it("finds the sources", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(importsOf("adapters/clock.ts")).toEqual([
      { target: "node:timers/promises", typeOnly: false },
      { target: "core", typeOnly: true },
      { target: "core", typeOnly: false },
    ]);
  });

  it.each(files.filter((file) => file.includes("/") && !free.includes(layerOf(file))))("%s", (file) => {
    const layer = layerOf(file);
    const refused = importsOf(file).filter(({ target, typeOnly }) => {
      if (target === layer) return false;
      return !(allowed[layer] ?? []).some((rule) => matches(rule, target, typeOnly));
    });
    expect(refused.map(({ target }) => target)).toEqual([]);
  });

  it("the manifest and the settings import nothing at all", () => {
    expect(importsOf("infra/service.ts")).toEqual([]);
    expect(importsOf("infra/settings.ts")).toEqual([]);
  });
});

function layerOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.indexOf("/")) : file;
}

function matches(rule: string, target: string, typeOnly: boolean): boolean {
  const pattern = rule.startsWith("type:") ? rule.slice(5) : rule;
  if (rule.startsWith("type:") && !typeOnly) return false;
  return pattern.endsWith("/*") ? target.startsWith(pattern.slice(0, -1)) : target === pattern;
}

/** A relative import is named by its layer, any other by its specifier. */
function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const source = readFileSync(join(root, file), "utf8");
  const statements = source.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|import\(\s*"([^"]+)"\s*\)/gm,
  );
  return [...statements].map(([, typeOnly, fixed, dynamic]) => {
    const specifier = fixed ?? dynamic ?? "";
    const target = specifier.startsWith(".")
      ? layerOf(relative(root, join(root, dirname(file), specifier)))
      : specifier;
    return { target, typeOnly: Boolean(typeOnly) };
  });
}

function sourceFiles(directory: string): string[] {
  const ignored = new Set(["node_modules", "out", ".git", ".stepletter", ".sst", "dist"]);
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((file) => !file.split("/").some((part) => ignored.has(part)));
}
