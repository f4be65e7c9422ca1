import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Counts, Mischief } from "./counts.ts";

/** A sink in another process. */
export interface Sink {
  url: string;
  counts(): Promise<Counts>;
  /** Forgets all rows and counts. */
  reset(mischief?: Partial<Mischief>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a sink and waits until it listens. */
export async function spawnSink(): Promise<Sink> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const [url] = (await Promise.race([once(lines, "line"), exited.then(() => [""])])) as [string];
  if (!url) throw new Error("The sink did not start");
  return {
    url,
    counts: async () => (await (await fetch(`${url}/counts`)).json()) as Counts,
    async reset(mischief = {}) {
      await (await fetch(`${url}/reset`, { method: "POST", body: JSON.stringify(mischief) })).text();
    },
    async stop() {
      child.kill();
      await exited;
    },
  };
}
