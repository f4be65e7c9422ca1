import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty directory that is removed when the test ends. */
export function tempDir(): string {
  const directory = mkdtempSync(join(tmpdir(), "stepletter-local-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
