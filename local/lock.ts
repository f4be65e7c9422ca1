import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";

/** Another process works in the data directory. */
export class DirectoryInUseError extends Error {
  override readonly name = "DirectoryInUseError";
}

/**
 * Takes a data directory for this process alone, and answers how to give it back. LevelDB's lock is the
 * operating system's, so a killed process leaves none behind.
 */
export async function lockDirectory(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, "lock");
  mkdirSync(path, { recursive: true });
  const lock = new ClassicLevel(path);
  try {
    await lock.open();
  } catch (error) {
    if (!isLocked(error)) throw error;
    throw new DirectoryInUseError(
      `${dataDir} is in use by another Stepletter: stop that one, or choose another directory with --data.`,
      { cause: error },
    );
  }
  return () => lock.close();
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && (error.cause as { code?: unknown } | undefined)?.code === "LEVEL_LOCKED";
}
