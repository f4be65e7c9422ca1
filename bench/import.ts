import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import * as z from "zod";
import { connectAdmin } from "../adapters/connect/admin.ts";
import { startProgress } from "../cli/progress-bar.ts";
import { importFile } from "../cli/subscribers/import/import-file.ts";
import { newKey } from "../core/admin/admin-key.ts";
import { scopesOf } from "../core/admin/scopes.ts";
import type { RowOutcome } from "../core/import/import-people.ts";
import { createAdminApp } from "../functions/admin/app.ts";
import { keys } from "./fixture/readers.ts";
import { environmentAt } from "./send-path.ts";
import { spawnSink } from "./sinks/spawn-sink.ts";

/**
 * A large import by the program that reads the file and the app that takes its rows, both in this process, against a
 * sink for DynamoDB in another: how much memory they need, how fast they are, and what they ask of the table. Node lets
 * garbage lie for as long as the machine has room, so what is needed shows where it is given no more:
 * `node --max-old-space-size=160 --max-semi-space-size=8 bench/import.ts`.
 */
const { values } = parseArgs({ options: { rows: { type: "string", default: "1000000" } } });
const rows = Number(values.rows);
const mostMegabytes = 300;

const directory = await mkdtemp(join(tmpdir(), "stepletter-bench-import-"));
const sink = await spawnSink();
try {
  const file = join(directory, "people.csv");
  const bad = await writePeople(file);
  const environment = environmentAt(sink.url);
  const app = createAdminApp({
    ...connectAdmin(environment),
    keys: { ring: async () => keys },
    // The sink keeps no rows to be read: one key is known, and has no limit.
    adminKeys: {
      ...connectAdmin(environment).adminKeys,
      find: async () => ({ name: "bench", scopes: scopesOf("owner"), createdAt: new Date().toISOString() }),
    },
    rates: { spend: async () => 600 },
  });
  const Outcomes = z.object({ outcomes: z.array(z.custom<RowOutcome>()) });
  const headers = { authorization: `Bearer ${newKey()}`, "content-type": "application/json" };
  const offer = { lists: ["digest"], tags: ["bench"], consent: "Ticked the box of a bench", name: "bench" };
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const { tally, report } = await importFile({
    ...{ file, offer, dryRun: false, now: new Date().toISOString() },
    async send(batch) {
      const body = JSON.stringify({ ...offer, dryRun: false, rows: batch });
      const answer = await app.request("/v1/subscribers/import", { method: "POST", headers, body });
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
      return Outcomes.parse(await answer.json()).outcomes;
    },
    progress: (total, from) => startProgress(process.stderr, { total, from, noun: "rows" }),
  });
  const seconds = (performance.now() - begin) / 1000;
  const spent = process.cpuUsage(cpu);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const counts = await sink.counts();
  const told = (await readFile(report, "utf8")).trim().split("\r\n").length - 1;
  const added = tally.kinds.new ?? 0;
  if (added !== rows - bad || tally.kinds.invalid !== bad || told !== bad)
    throw new Error(`${added} of ${rows - bad} are in, ${told} of ${bad} reported`);

  const each = (count: number) => (count / added).toFixed(2);
  console.log(`${rows.toLocaleString("en")} rows, ${bad} of them malformed, in ${seconds.toFixed(0)} s`);
  console.log(`peak of resident memory: ${megabytes.toFixed(0)} MB`);
  console.log(
    `${Math.round(rows / seconds).toLocaleString("en")} rows a second, ` +
      `${Math.round((spent.user + spent.system) / rows)} µs of CPU for each`,
  );
  console.log(
    `for each person ${each(counts.writeUnits)} write units, ${each(counts.indexUnits)} more of indexes, ` +
      `${each(counts.readUnits)} read units`,
  );
  console.log(`requests: ${JSON.stringify(counts.requests)}`);
  console.log(`${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}`);
  console.log(`node ${process.execArgv.join(" ")} bench/import.ts --rows ${rows}`);
  if (megabytes > mostMegabytes) {
    console.error(`That is more than ${mostMegabytes} MB of memory.`);
    process.exitCode = 1;
  }
} finally {
  await sink.stop();
  await rm(directory, { recursive: true, force: true });
}

/** A table as Mailchimp exports it; each ten-thousandth row opens a quote that it does not close. */
async function writePeople(file: string): Promise<number> {
  const stream = createWriteStream(file);
  stream.write(
    '"Email Address","First Name","Last Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,TIMEZONE,NOTES,TAGS\r\n',
  );
  let bad = 0;
  for (let index = 0; index < rows; index++) {
    const isBad = index % 10_000 === 5_000;
    if (isBad) bad++;
    const row =
      `reader.${index}@mail-${index % 977}.example.com,Zoë,${isBad ? '"' : ""}O'Neill ${index},4,,,` +
      `"2015-03-16 14:40:47",192.0.2.${index % 250},Europe/London,"called ""twice""","""VIP"",""spring 2015"""\r\n`;
    if (!stream.write(row)) await once(stream, "drain");
  }
  stream.end();
  await finished(stream);
  return bad;
}
