import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What `sst install` downloads is 300 MB, and the same for as long as SST's version is. */
const root = join(import.meta.dirname, "..");
const platform = join(root, ".sst/platform");
const wanted: string = JSON.parse(readFileSync(join(root, "node_modules/sst/package.json"), "utf8")).version;

if (!isInstalled())
  execFileSync(join(root, "node_modules/.bin/sst"), ["install", "--stage", "ci"], {
    cwd: root,
    stdio: "inherit",
    // Pulumi and bun are for deployments, and so are their checks.
    env: { ...process.env, SST_SKIP_DEPENDENCY_CHECK: "1", NO_BUN: "1", SST_TELEMETRY_DISABLED: "1" },
  });

function isInstalled(): boolean {
  const version = join(platform, "version");
  // SST writes the version first; an installation that was cut short has no packages yet.
  const whole = existsSync(join(platform, "node_modules/@pulumi/aws/package.json"));
  return whole && existsSync(version) && readFileSync(version, "utf8").trim() === wanted;
}
