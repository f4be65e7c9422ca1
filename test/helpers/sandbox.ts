import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Environment } from "../../local/environment.ts";

/** A bundle in a process of its own, which knows nothing but its environment. */
export interface Sandbox {
  exports: string[];
  /** Runs an event; `given` stands in for what was built. What the function throws is thrown. */
  run(event: unknown, given?: object): Promise<unknown>;
  /** What it has logged so far. */
  log(): string;
  close(): Promise<void>;
}

/** Starts a bundle as Lambda would: with this environment, and nothing of ours. */
export async function startSandbox(bundle: string, environment: Environment): Promise<Sandbox> {
  const child = fork(join(import.meta.dirname, "sandbox-process.ts"), [bundle], {
    env: environment as NodeJS.ProcessEnv,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text) => {
      log += text;
    });
  const ended = once(child, "exit").then(() => {
    throw new Error(`The sandbox has ended: ${log}`);
  });
  ended.catch(() => {});
  const told = async () => (await Promise.race([once(child, "message"), ended]))[0] as Told;
  const { exports = [] } = await told();
  return {
    exports,
    log: () => log,
    async run(event, given) {
      const answer = told();
      child.send({ event, ...(given && { given }) });
      const { answer: value, failure } = await answer;
      if (failure !== undefined) throw new Error(failure);
      return value;
    },
    close: () => stop(child),
  };
}

interface Told {
  exports?: string[];
  answer?: unknown;
  failure?: string;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill();
  await gone;
}
