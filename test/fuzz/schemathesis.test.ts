import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../adapters/connect.ts";
import { createFirstKey } from "../../core/admin/create-first-key.ts";
import { realClock } from "../../local/clock.ts";
import { type Runtime, startRuntime } from "../../local/runtime.ts";
import { run } from "../deploy/processes.ts";
import { installPythonTool } from "../helpers/python-tool.ts";

const version = "4.32.5";

let programs: string;
let dataDir: string;
let runtime: Runtime;
let adminKey: string;

beforeAll(async () => {
  programs = await installPythonTool("schemathesis", version);
  dataDir = await mkdtemp(join(tmpdir(), "stepletter-fuzz-"));
  runtime = await startRuntime({ dataDir, clock: realClock(), quiet: true });
  const outcome = await createFirstKey(connect(runtime.operatorEnvironment()), { name: "fuzz" });
  adminKey = "key" in outcome ? outcome.key : "";
});
afterAll(async () => {
  await runtime?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("Schemathesis over /openapi.json", () => {
  it("finds no answer from 500 on", async () => {
    const { app } = runtime.urls;
    const said = await run(
      join(programs, "schemathesis"),
      [
        "run",
        `${app}/openapi.json`,
        "--checks=not_a_server_error",
        "--max-examples=60",
        "--seed=1",
        "--header",
        `Authorization: Bearer ${adminKey}`,
        "--request-timeout=30",
        "--generation-database=none",
      ],
      { cwd: dataDir, env: { PATH: process.env.PATH ?? "", HOME: dataDir }, timeoutSeconds: 500 },
    );
    expect(said).toMatch(/(\d{3,}) generated, \1 passed/);
    // Whoever is fuzzed still stands.
    expect((await fetch(app)).status).toBe(200);
  });
});
