import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../cli/run-cli.ts";
import { ServiceProcess } from "./service-process.ts";

const people = 20_000;
const minute = 60_000;
const root = join(import.meta.dirname, "../..");

let data: string;
let file: string;
let service: ServiceProcess;
let key: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "stepletter-import-"));
  file = join(data, "people.csv");
  service = new ServiceProcess(data, []);
  await service.start();
  const made = await runCli(["keys", "create", "--first", "--data", data, "--json"]);
  key = (JSON.parse(made.stdout) as { key: string }).key;
});
afterAll(async () => {
  await service.kill();
  await rm(data, { recursive: true, force: true });
});

/** A row of every thousandth line cannot be read. */
const isBad = (line: number) => line % 1000 === 7;
const rowOn = (line: number) =>
  isBad(line) ? `p${line}@example.com,"Person` : `p${line}@example.com,Person ${line}`;

function startImport(): { child: ChildProcess; done: Promise<{ code: number | null; stdout: string }> } {
  const child = spawn(
    process.execPath,
    [
      join(root, "cli/stepletter.ts"),
      "subscribers",
      "import",
      file,
      "--list",
      "digest",
      "--consent",
      "At the fair, on paper",
    ],
    {
      cwd: data,
      env: { PATH: process.env.PATH, STEPLETTER_URL: service.app, STEPLETTER_KEY: key },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  return { child, done: once(child, "close").then(([code]) => ({ code, stdout })) };
}

/** So many records are noted as through. */
function through(): number {
  const journal = `${file}.import.json`;
  return existsSync(journal) ? (JSON.parse(readFileSync(journal, "utf8")) as { records: number }).records : 0;
}

describe(`an import of ${people} rows, killed at random`, () => {
  it(
    "has all of them there once, and reports each bad row once",
    async () => {
      const lines = Array.from({ length: people }, (_, index) => rowOn(index + 2));
      await writeFile(file, ["email,name", ...lines].join("\n"));
      let kills = 0;
      let ended: { code: number | null; stdout: string } | undefined;
      while (!ended) {
        const { child, done } = startImport();
        const from = through();
        const killed = kills < 12 ? killAfter(child, from) : Promise.resolve(false);
        const [ran, wasKilled] = await Promise.all([done, killed]);
        if (!wasKilled) ended = ran;
        else kills++;
        console.log(
          `${wasKilled ? `kill ${kills}` : "the end"}: from ${from} on, ${through()} rows are through`,
        );
        // Every fourth time the service dies with it.
        if (wasKilled && kills % 4 === 0) {
          await service.kill();
          await service.start();
        }
      }
      expect(kills).toBe(12);
      expect(ended.code).toBe(0);
      const bad = lines.flatMap((_, index) => (isBad(index + 2) ? [index + 2] : []));
      expect(ended.stdout).toContain(
        `20,000 rows: ${(people - bad.length).toLocaleString("en")} in, ${bad.length} not.`,
      );
      const report = (await readFile(`${file}.report.csv`, "utf8")).trim().split("\r\n").slice(1);
      expect(report.map((row) => Number(row.split(",")[0]))).toEqual(bad);

      const rows = await countRows();
      const wanted = people - bad.length;
      expect(rows).toEqual({ profiles: wanted, addresses: wanted, claims: wanted, digests: wanted });
    },
    20 * minute,
  );
});

/** Some time into its work, after a start that has to be over. */
async function killAfter(child: ChildProcess, from: number): Promise<boolean> {
  const more = from + Math.random() * 2_500;
  while (child.exitCode === null && through() <= more && through() >= from) await sleep(5);
  if (child.exitCode !== null || (from > 0 && through() < from)) return false;
  await sleep(Math.random() * 50);
  return child.kill("SIGKILL");
}

async function countRows() {
  const environment = JSON.parse(readFileSync(join(data, "environment.json"), "utf8")) as Record<
    string,
    string
  >;
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? "",
    credentials: { accessKeyId: "operator", secretAccessKey: "test" },
  });
  const rows = { profiles: 0, claims: 0, digests: 0 };
  const addresses = new Set<string>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: environment.TABLE_NAME })) {
    for (const { sk, address } of Items) {
      if (sk?.S === "PROFILE") {
        rows.profiles++;
        addresses.add(address?.S ?? "");
      }
      if (sk?.S === "OWNER") rows.claims++;
      if (sk?.S === "DIGEST") rows.digests++;
    }
  }
  client.destroy();
  return { ...rows, addresses: addresses.size };
}
