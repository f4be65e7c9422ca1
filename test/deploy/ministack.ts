import { once } from "node:events";
import { openSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { close, listen, loopback } from "../../local/loopback.ts";
import { installPythonTool } from "../helpers/python-tool.ts";
import { start, stop } from "./processes.ts";

const version = "1.5.33";
const root = join(import.meta.dirname, "../..");
const home = join(root, ".cache", `ministack-${version}`);
const python = join(home, "bin", "python");

/** An emulator of AWS, running on this machine. */
export interface Ministack {
  port: number;
  url: string;
  stop(): Promise<void>;
}

/** Installs the emulator from PyPI, unless it is there already. */
export async function installMinistack(): Promise<void> {
  await installPythonTool("ministack", version, "[full]");
}

/** Starts the emulator on a free port; its log and the code of its functions go to `folder`. */
export async function startMinistack(folder: string, env: Record<string, string>): Promise<Ministack> {
  const port = await freePort();
  const log = join(folder, "ministack.log");
  const out = openSync(log, "a");
  const child = start(python, [join(import.meta.dirname, "run-ministack.py")], {
    cwd: folder,
    stdio: ["pipe", out, out],
    env: {
      ...env,
      BIND_HOST: loopback,
      GATEWAY_PORT: String(port),
      // Queue URLs and the API's host are made of it; the API's would be no valid URL if it ended in a number.
      MINISTACK_HOST: "localhost",
      TMPDIR: folder,
    },
  });
  const ended = once(child, "exit");
  const url = `http://${loopback}:${port}`;
  for (let tries = 0; !(await isReady(url)); tries++) {
    if (child.exitCode !== null || tries > 300) {
      stop(child);
      throw new Error(`The emulator does not start: see ${log}`);
    }
    await sleep(100);
  }
  return {
    port,
    url,
    async stop() {
      stop(child);
      await ended;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  const url = await listen(server, 0);
  await close(server);
  return Number(new URL(url).port);
}
