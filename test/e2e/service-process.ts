import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = join(import.meta.dirname, "../..");

/** What `/status.json` of a running service tells. */
export interface Status {
  now: string;
  nextDue?: { at: string } | undefined;
  eventsPending: number;
  deliveries: { counts: Record<string, number>; unknown: { mailing: string; subscriberId: string }[] };
}

/** `npm start` in a process of its own, which can be killed. */
export class ServiceProcess {
  readonly #dataDir: string;
  readonly #arguments: string[];
  #child: ChildProcess | undefined;
  #urls = new Map<string, string>();

  constructor(dataDir: string, args: string[]) {
    this.#dataDir = dataDir;
    this.#arguments = args;
  }

  /** Starts it, and waits until it has printed its addresses. */
  async start(...more: string[]): Promise<void> {
    const args = ["local/start.ts", "--port", "0", "--data", this.#dataDir, ...this.#arguments, ...more];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    for (const deadline = Date.now() + 30_000; !output.includes("Ctrl-C stops."); ) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`The service did not start:\n${output}`);
      await sleep(20);
    }
    this.#urls = new Map(
      [...output.matchAll(/^(\w[\w ]*?)\s{2,}(http\S+)$/gm)].map(([, name = "", url = ""]) => [name, url]),
    );
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  get app(): string {
    return this.#urls.get("Signup page") ?? "";
  }

  async status(): Promise<Status> {
    const response = await fetch(this.#urls.get("Status") ?? "");
    return (await response.json()) as Status;
  }

  /** Raw mails on the disk of the local SES, whether it runs or not. */
  mails(): string[] {
    const directory = join(this.#dataDir, "ses", "mails");
    return readdirSync(directory).map((file) => readFileSync(join(directory, file), "utf8"));
  }

  /** Accepted mails by the journal of the local SES: each line that was on disk before SES answered. */
  accepted(): { to: string; mailing: string }[] {
    const lines = readFileSync(join(this.#dataDir, "ses", "journal.jsonl"), "utf8").split("\n");
    return lines.flatMap((line) => {
      if (!line.includes('"kind":"accepted"')) return [];
      const { mail } = JSON.parse(line) as { mail: { to: string[]; tags: Record<string, string> } };
      return [{ to: mail.to[0] ?? "", mailing: mail.tags.mailing ?? "" }];
    });
  }
}
