import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { readers } from "./fixture/readers.ts";
import { CpuMeter } from "./measure.ts";
import { type Figures, figuresOf, type Round, tableOf } from "./report.ts";
import { candidatesOn, groundAt, runThrough } from "./send-path.ts";
import { spawnSink } from "./sinks/spawn-sink.ts";

/**
 * Measures the CPU that claiming, composing, sending and settling cost for each recipient, and what is asked of
 * DynamoDB and SES for it. All candidates take turns in each round, so that a noisy minute meets them alike.
 */
const { values } = parseArgs({
  options: {
    json: { type: "string" },
    recipients: { type: "string", default: "10000" },
    rounds: { type: "string", default: "5" },
  },
});
const recipients = Number(values.recipients);
const rounds = Number(values.rounds);

const sink = await spawnSink();
try {
  const ground = groundAt(sink.url);
  const candidates = candidatesOn(ground);
  const everyone = readers(recipients);
  const measured = new Map<string, Round[]>(candidates.map(({ name }) => [name, []]));
  // Round 0 warms up, with fewer.
  for (let round = 0; round <= rounds; round++) {
    for (const candidate of candidates) {
      // Packets of one are five times as slow.
      const share = (round === 0 ? 0.1 : 1) * (candidate.chunk === 1 ? 0.1 : 1);
      const to = everyone.slice(0, Math.ceil(recipients * share));
      await sink.reset();
      const meter = new CpuMeter();
      await runThrough(candidate, ground, to, meter);
      const counts = await sink.counts();
      if (counts.mails !== to.length) throw new Error(`${candidate.name}: ${counts.mails} mails arrived`);
      if (round > 0) measured.get(candidate.name)?.push({ recipients: to.length, cpu: meter.spent, counts });
    }
  }
  const figures: Figures[] = candidates.map((candidate) =>
    figuresOf(candidate, measured.get(candidate.name) ?? []),
  );
  const machine = `${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}`;
  const command = `node bench/claim-and-send.ts --recipients ${recipients} --rounds ${rounds}`;
  console.log(tableOf(figures));
  console.log(
    `${machine}; medians of ${rounds} rounds of ${recipients} recipients (packets of one: a tenth)`,
  );
  console.log(command);
  if (values.json) {
    await mkdir(dirname(values.json), { recursive: true });
    await writeFile(values.json, `${JSON.stringify({ machine, command, figures }, null, 2)}\n`);
  }
} finally {
  await sink.stop();
}
