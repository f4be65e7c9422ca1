import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newKeyRing } from "../core/token/key-ring.ts";
import { sampleSecrets } from "./sample-sources.ts";

/** The keys of a data directory. */
export interface KeysFile {
  read(): string;
  replace(value: string): void;
}

/** Opens them; made once, so that links in mails that were sent before a restart go on working. */
export function openKeysFile(dataDir: string): KeysFile {
  const path = pathOf(dataDir);
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(path, freshKeys(), { flag: "wx", mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return {
    read: () => readFileSync(path, "utf8"),
    replace(value) {
      // Whole or not at all: half a key ring would cut every link.
      writeFileSync(`${path}.new`, value, { mode: 0o600, flush: true });
      renameSync(`${path}.new`, path);
    },
  };
}

/** The keys as they are; undefined where they are kept elsewhere. */
export function readKeysFile(dataDir: string): string | undefined {
  try {
    return readFileSync(pathOf(dataDir), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function pathOf(dataDir: string): string {
  return join(dataDir, "keys.json");
}

function freshKeys(): string {
  return JSON.stringify({ ...newKeyRing(), webhooks: sampleSecrets() });
}
