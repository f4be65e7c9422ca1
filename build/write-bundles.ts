import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bundle } from "./bundle-functions.ts";

/** Writes each bundle into a folder of its own, and nothing else stays in theirs. */
export async function writeBundles(directory: string, bundles: Bundle[]): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  for (const { name, code } of bundles) {
    const folder = join(directory, name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "index.mjs"), code);
  }
}
