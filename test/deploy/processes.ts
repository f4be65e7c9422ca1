import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { rmSync } from "node:fs";

/** What a program is run with; nothing of this process's own environment is handed on. */
export interface Command {
  cwd: string;
  env: Record<string, string>;
  timeoutSeconds: number;
}

const groups = new Set<number>();
const folders = new Set<string>();

function clear(): void {
  for (const group of groups) stopGroup(group);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.once("exit", clear);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    clear();
    // Now without this listener: the signal ends the process.
    process.kill(process.pid, signal);
  });
}

/** Removes a folder when this process ends, also when Ctrl-C ends it. */
export function removeAtEnd(folder: string): void {
  folders.add(folder);
}

/** Runs a program to its end and answers what it said; its children end with it, also when its time is over. */
export async function run(program: string, args: string[], command: Command): Promise<string> {
  const child = start(program, args, { ...command, stdio: ["ignore", "pipe", "pipe"] });
  const said: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => said.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk));
  const { timeoutSeconds } = command;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop(child);
  }, timeoutSeconds * 1000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).finally(() => {
    clearTimeout(timer);
    stop(child);
  });
  const output = Buffer.concat(said).toString();
  if (code === 0) return output;
  const why = late ? `was stopped after ${timeoutSeconds} seconds` : `ended with ${code}`;
  throw new Error(`${[program, ...args].join(" ")} ${why}:\n${output.slice(-12_000)}`);
}

/** Starts a program as the head of a process group of its own, which ends with this process at the latest. */
export function start(program: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: true });
  if (child.pid !== undefined) groups.add(child.pid);
  return child;
}

/** Ends a program and all that it started. */
export function stop({ pid }: ChildProcess): void {
  if (pid === undefined || !groups.delete(pid)) return;
  stopGroup(pid);
}

function stopGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    // Nobody of the group is left.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
