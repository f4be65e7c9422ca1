import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `stepletter` in a process of its own, with nothing of this one's environment but what is given. */
export async function runCli(args: string[], environment: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, "cli/stepletter.ts"), ...args], {
    // Not here, where a developer may have an .env.
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk) => {
      ran[stream] += chunk;
    });
  }
  const [code] = await once(child, "close");
  return { code: Number(code), ...ran };
}
