import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ServiceProcess } from "../test/e2e/service-process.ts";

/**
 * How signups fare while somebody floods the form from one /24. Open loop: each request leaves when its time has
 * come, whether the one before was answered or not. Every sender has an address of 127.0.0.0/8 of its own.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    flood: { type: "string", default: "200" },
    others: { type: "string", default: "10" },
  },
});
const seconds = Number(values.seconds);
const perSecond = { flood: Number(values.flood), others: Number(values.others) };
const limitMs = 500;

interface Answer {
  status: number;
  ms: number;
}

const dataDir = await mkdtemp(join(tmpdir(), "stepletter-flood-"));
const service = new ServiceProcess(dataDir, []);
const agent = new Agent({ keepAlive: false });
try {
  await service.start();
  const { started } = (await (await fetch(new URL("/signup/start", service.app))).json()) as {
    started: string;
  };
  // A form that was opened this moment was filled in by no person.
  await sleep(2_500);
  // All functions share one process here: what they load and compile at first would meet the others' signups.
  for (let index = 0; index < 40; index++)
    await signUp(started, `warm-up-${index}@example.com`, `127.1.${index}.1`);
  await sleep(2_000);

  const begin = performance.now();
  const send = (rate: number, from: (index: number) => string, name: string) =>
    Array.from({ length: rate * seconds }, async (_, index) => {
      await sleep(Math.max(0, begin + (index * 1000) / rate - performance.now()));
      return signUp(started, `${name}-${index}@example.com`, from(index));
    });
  const [flood, others] = await Promise.all([
    Promise.all(send(perSecond.flood, (index) => `127.66.66.${(index % 250) + 1}`, "flood")),
    Promise.all(send(perSecond.others, (index) => `127.${100 + (index >> 8)}.${index & 255}.7`, "person")),
  ]);
  report(flood, others);
} finally {
  await service.kill();
  agent.destroy();
  await rm(dataDir, { recursive: true, force: true });
}

function signUp(started: string, email: string, localAddress: string): Promise<Answer> {
  const body = JSON.stringify({ email, started });
  const at = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(
      new URL("/signup", service.app),
      {
        method: "POST",
        localAddress,
        agent,
        headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      },
      (response) => {
        response.resume();
        response.on("end", () => resolve({ status: response.statusCode ?? 0, ms: performance.now() - at }));
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

function report(flood: Answer[], others: Answer[]): void {
  const good = others.filter(({ status, ms }) => status === 202 && ms <= limitMs).length;
  for (const [name, answers] of Object.entries({ "from one /24": flood, "from elsewhere": others })) {
    const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
    const byStatus = Object.entries(Object.groupBy(answers, ({ status }) => String(status)))
      .map(([status, group]) => `${group?.length} × ${status}`)
      .join(", ");
    console.log(
      `${name.padEnd(15)} ${answers.length} signups: ${byStatus}; p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
    );
  }
  console.log(
    `${((100 * good) / others.length).toFixed(1)} % of the signups from elsewhere went through within ${limitMs} ms`,
  );
  const { flood: from, others: elsewhere } = perSecond;
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}; ` +
      `${from} requests/s from one /24 and ${elsewhere}/s from elsewhere for ${seconds} s`,
  );
  console.log(`node bench/signup-flood.ts --seconds ${seconds} --flood ${from} --others ${elsewhere}`);
}
