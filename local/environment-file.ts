import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./environment.ts";

/** Where a running service leaves its environment, in its data directory. */
export const environmentFile = "environment.json";

/**
 * Writes how other programs of this user reach the servers, whose ports change with every start; answers how
 * to take it away. It may hold credentials, so nobody else may read it.
 */
export function writeEnvironment(dataDir: string, environment: Environment): () => void {
  const path = join(dataDir, environmentFile);
  rmSync(path, { force: true });
  writeFileSync(path, `${JSON.stringify(environment, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return () => rmSync(path, { force: true });
}
