import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { type Mutation, mutations } from "./mutation-list.ts";

/*
 * Breaks the send path in a copy of the tree, one way after the other, and tells what notices: the schedules first,
 * then the tests. `npm run test:mutations -- WORD…` takes those whose name has one of the words.
 */

const root = join(import.meta.dirname, "../..");
const folders = ["adapters", "build", "cli", "core", "dist", "functions", "infra", "local", "test", "web"];
const files = ["package.json", "tsconfig.json", "vitest.config.ts"];
const suites = [
  "test/contracts",
  "test/core/account",
  "test/core/delivery",
  "test/core/pace",
  "test/functions/queue",
  "test/functions/schedule",
  "test/adapters/dynamodb",
];
const schedules = "2000";
const patienceMs = 300_000;

const words = process.argv.slice(2);
const chosen = mutations.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
const copy = mkdtempSync(join(tmpdir(), "stepletter-mutations-"));
const table = new Table({ head: ["mutation", "caught by"], style: { head: [], border: [] } });
let survivors = 0;
try {
  for (const folder of [...folders, ...files])
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const unmutated = tests();
  if (unmutated !== undefined) throw new Error(`Without any mutation, this fails: ${unmutated}`);
  for (const mutation of chosen) {
    const caughtBy = whatCatches(mutation);
    if (caughtBy === undefined) survivors++;
    console.log(`${mutation.name}: ${caughtBy ?? "SURVIVES"}`);
    table.push([mutation.name, caughtBy ?? "SURVIVES"]);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(table.toString());
console.log(`${chosen.length - survivors} of ${chosen.length} mutations were caught`);
process.exit(survivors > 0 ? 1 : 0);

function whatCatches({ name, file, replace }: Mutation): string | undefined {
  const original = readFileSync(join(copy, file), "utf8");
  let mutated = original;
  for (const [was, becomes] of replace) {
    if (mutated.split(was).length !== 2) throw new Error(`“${name}” no longer applies to ${file}: ${was}`);
    mutated = mutated.replace(was, () => becomes);
  }
  writeFileSync(join(copy, file), mutated);
  try {
    return file.startsWith("adapters/") ? tests() : (model() ?? tests());
  } finally {
    writeFileSync(join(copy, file), original);
  }
}

function model(): string | undefined {
  const { status, output } = run(process.execPath, ["test/faults/run-many.ts", "--schedules", schedules]);
  if (status === 0) return undefined;
  const [, seed, line] = /^Seed (\d+) breaks:\n(.*)$/m.exec(output) ?? [];
  return line ? `schedule ${seed}: ${line.trim().slice(0, 90)}` : `schedules: ${lastWords(output)}`;
}

function tests(): string | undefined {
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const { status, output } = run(process.execPath, [vitest, "run", "--bail", "1", ...suites]);
  if (status === 0) return undefined;
  return /FAIL\s+(.*)/.exec(output)?.[1]?.slice(0, 110) ?? `tests: ${lastWords(output)}`;
}

function run(command: string, args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: copy,
    encoding: "utf8",
    timeout: patienceMs,
    env: { ...process.env, NO_COLOR: "1", STEPLETTER_SCHEDULES: "10" },
  });
  return { status, output: `${stdout}\n${stderr}` };
}

function lastWords(output: string): string {
  return output.trim().split("\n").at(-1)?.slice(0, 90) ?? "";
}
