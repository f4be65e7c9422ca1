import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { seeded } from "./faults.ts";

/** What the soak is about. */
export interface SoakOptions {
  dataDir: string;
  recipients: number;
  /** Share of the calls of SES that each kind of fault takes. */
  share: number;
  seed: number;
  report(line: string): void;
}

/** What the ledger and the mailboxes say in the end. */
export interface SoakReport {
  recipients: number;
  kills: number;
  seconds: number;
  accepted: number;
  /** Mails of one mailing to one person that SES accepted more than once. */
  duplicates: number;
  /** Rows of the ledger by state. */
  ledger: Record<string, number>;
  /** Whose outcome was in doubt at some time, and was told by an event later. */
  resolved: number;
  /** Recipients without a final row, or with a final row that the mailboxes contradict. */
  unaccounted: number;
}

interface Status {
  nextDue?: unknown;
  eventsPending: number;
  deliveries: { counts: Record<string, number>; unknown: unknown[] };
}

/** Far longer than it takes: whatever has not ended by then is stuck. */
const limitMs = 30 * 60_000;
const final = ["sent", "failed", "skipped", "unknown"];

/** Sends a campaign while SES fails and the service is killed every few seconds, until all has calmed down. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const startedAt = Date.now();
  const random = seeded(options.seed);
  let life = 0;
  let service = await serve(options, ++life, options.recipients);
  let kills = 0;
  try {
    for (;;) {
      await sleep(2_000 + random() * 4_000);
      const status = await statusOf(service.url);
      if (Date.now() - startedAt > limitMs) throw new Error(`Stuck: ${JSON.stringify(status)}`);
      const done = count(status, final);
      options.report(
        `${done} of ${options.recipients} final, ${kills} kills, ${count(status, ["unknown"])} unknown`,
      );
      if (done >= options.recipients && !status.nextDue && status.eventsPending === 0) {
        return reportOf(options, status, kills, startedAt);
      }
      if (done >= options.recipients) continue;
      service.child.kill("SIGKILL");
      await once(service.child, "exit");
      kills++;
      service = await serve(options, ++life, 0);
    }
  } finally {
    service.child.kill("SIGKILL");
  }
}

async function serve({ dataDir, share, seed }: SoakOptions, life: number, people: number) {
  const args = [
    "--data",
    dataDir,
    "--people",
    `${people}`,
    "--seed",
    `${seed + life}`,
    "--share",
    `${share}`,
  ];
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, "serve.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  for (;;) {
    const [, url] = /^ready (\S+)$/m.exec(output) ?? [];
    if (url) return { child, url };
    if (child.exitCode !== null) throw new Error(`The service did not start: ${output}`);
    await sleep(20);
  }
}

async function statusOf(url: string): Promise<Status> {
  return (await (await fetch(url)).json()) as Status;
}

function count({ deliveries }: Status, states: string[]): number {
  return states.reduce((sum, state) => sum + (deliveries.counts[state] ?? 0), 0);
}

function reportOf(
  { dataDir, recipients }: SoakOptions,
  status: Status,
  kills: number,
  startedAt: number,
): SoakReport {
  const accepted = acceptedMails(dataDir);
  const { counts, unknown } = status.deliveries;
  // Each sent row has its mail, and each mail that no row knows is one of the unknown.
  const missing = recipients - count(status, final);
  const unexplained = Math.max(0, (counts.sent ?? 0) - new Set(accepted).size);
  return {
    recipients,
    kills,
    seconds: Math.round((Date.now() - startedAt) / 1000),
    accepted: accepted.length,
    duplicates: accepted.length - new Set(accepted).size,
    ledger: counts,
    resolved: Math.max(0, doubted(dataDir) - unknown.length),
    unaccounted: missing + unexplained,
  };
}

/** Every accepted mail, by the journal of the local SES. */
function acceptedMails(dataDir: string): string[] {
  const lines = readFileSync(join(dataDir, "ses", "journal.jsonl"), "utf8").split("\n");
  return lines.flatMap((line) => {
    if (!line.includes('"kind":"accepted"')) return [];
    const { mail } = JSON.parse(line) as { mail: { tags: Record<string, string> } };
    return [`${mail.tags.subscriber} ${mail.tags.mailing}`];
  });
}

/** How many deliveries were ever in doubt, by what the functions measured. */
function doubted(dataDir: string): number {
  const path = join(dataDir, "measures.log");
  if (!existsSync(path)) return 0;
  return [...readFileSync(path, "utf8").matchAll(/^DeliveriesUnknown (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
