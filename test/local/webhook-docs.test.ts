import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../cli/run-cli.ts";
import { ServiceProcess } from "../e2e/service-process.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/webhooks.md"), "utf8");
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);

let directory: string;
let service: ServiceProcess;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "stepletter-docs-"));
  // By a speed of its own, even that of real time, it polls no feeds.
  service = new ServiceProcess(join(directory, ".stepletter"), ["--speed", "1s=1s"]);
  await service.start();
});
afterAll(async () => {
  await service.kill();
  await rm(directory, { recursive: true, force: true });
});

/** Runs what the page says in a shell, as somebody pastes it. */
async function paste(block: string): Promise<string> {
  const { PATH } = process.env;
  const child = spawn("bash", ["-eu", "-c", block], {
    cwd: directory,
    env: { PATH, STEPLETTER_URL: service.app, no_proxy: "127.0.0.1" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    output += chunk;
  });
  await once(child, "close");
  return output;
}

describe("docs/webhooks.md", () => {
  it("has a call of each source that npm start makes", () => {
    expect(blocks.map((block) => /\/hooks\/(\w+)/.exec(block)?.[1])).toEqual(["demo", "typeform", "tally"]);
  });

  it.each(blocks.map((block, n) => [["demo", "typeform", "tally"][n] ?? "", block]))(
    "the call of %s works as pasted, and is refused when its last command runs once more",
    async (_, block) => {
      const last = block.slice(block.indexOf("curl "));
      const output = await paste(`${block}\n${last}`);
      expect(output.match(/HTTP\/1.1 \d{3}/g)).toEqual(["HTTP/1.1 202", "HTTP/1.1 409"]);
      expect(output).toContain('{"status":"check-inbox"}');
    },
  );

  it.each(["demo", "typeform", "tally"])("a test of %s is well, and is noted", async (name) => {
    const data = ["--data", join(directory, ".stepletter")];
    expect(await runCli(["sources", "test", name, ...data])).toMatchObject({ code: 0, stderr: "" });
    const { stdout } = await runCli(["sources", "calls", name, "--json", ...data]);
    const outcomes = JSON.parse(stdout).map(({ outcome }: { outcome: string }) => outcome);
    // Two may have come at one instant of the calendar.
    expect(outcomes.sort()).toEqual(["accepted", "replayed", "test"]);
  });
});
