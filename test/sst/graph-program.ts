/**
 * Evaluates sst.config.ts as SST's command line does, under Pulumi's mocks: no engine, no AWS. It is bundled
 * into .sst/platform, where Pulumi is, and runs in a process of its own, since Pulumi's runtime is one for a process.
 */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { relative } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Graph } from "./graph.ts";
import { answerCall, stateOf } from "./pretended-aws.ts";

const [stage = "", root = "", output = ""] = process.argv.slice(2);
const graph: Graph = { resources: [], calls: [], asked: [], app: {}, outputs: {} };

await pulumi.runtime.setMocks(
  {
    newResource: async ({ type, name, inputs: given }) => {
      const inputs = await withPaths(given);
      const { id, state } = stateOf(type, name, inputs);
      graph.resources.push({
        type,
        name,
        state: { ...state, id },
        inputs,
        protect: false,
        retainOnDelete: false,
      });
      return { id, state };
    },
    call: ({ token, inputs }) => {
      graph.calls.push({ token, inputs });
      return answerCall(token, inputs);
    },
  },
  "stepletter",
  stage,
);
rememberOptions();
// Pulumi leaves behind a promise of the stack that fails as the program does.
process.on("unhandledRejection", (error) => fail(error));

// The one service of the command line that components call; whatever it is asked, the test wants to know.
const commandLine = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const { method } = JSON.parse(Buffer.concat(parts).toString()) as { method: string };
    graph.asked.push(method);
    response.end(JSON.stringify({ error: `rpc: can't find ${method}` }));
  });
});
await new Promise<void>((listening) => commandLine.listen(0, "127.0.0.1", listening));
process.env.SST_SERVER = `http://127.0.0.1:${(commandLine.address() as AddressInfo).port}`;

// biome-ignore lint/suspicious/noExplicitAny: the command line defines these names before it runs a program
const globals = globalThis as any;
const paths = { root, work: `${root}/.sst`, platform: `${root}/.sst/platform`, home: `${root}/.sst/home` };
globals.$cli = { command: "deploy", dev: false, paths, state: { version: {} } };
globals.$dev = false;
// The program's own imports follow the globals that they need at their top.
const { default: config } = await import("../../sst.config.ts");
const app = await config.app({ stage });
graph.app = { ...app };
globals.$app = { ...app, stage };
globals.aws = aws;
globals.sst = await import("../../.sst/platform/src/components/index.ts");
const { run } = await import("../../.sst/platform/src/auto/run.ts");

try {
  const outputs = await pulumi.runtime.runInPulumiStack(() => run(config.run as () => Promise<object>));
  await pulumi.runtime.disconnect();
  const resolved = await new Promise((resolve) => pulumi.output(outputs).apply(resolve));
  end({ outputs: resolved as Graph["outputs"] });
} catch (error) {
  await fail(error);
}

/** Ends once all is registered that was under way, so that nothing created before the failure is missed. */
async function fail(error: unknown): Promise<never> {
  await pulumi.runtime.disconnect();
  end({ failure: String(error) });
}

function end(result: Partial<Graph>): never {
  writeFileSync(output, JSON.stringify({ ...graph, ...result }));
  process.exit();
}

/** An archive is a promise of its path, which JSON would lose. */
async function withPaths(inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
  const entries = Object.entries(inputs).map(async ([name, value]) =>
    value instanceof pulumi.asset.FileArchive ? [name, relative(root, await value.path)] : [name, value],
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Pulumi hands mocks neither protection nor retention, which only the request has. */
function rememberOptions(): void {
  // biome-ignore lint/suspicious/noExplicitAny: the monitor is not part of Pulumi's published types
  const monitor = (pulumi.runtime as any).getMonitor();
  const register = monitor.registerResource.bind(monitor);
  // biome-ignore lint/suspicious/noExplicitAny: a generated message of Pulumi's protocol
  monitor.registerResource = async (request: any, done: unknown) => {
    await register(request, done);
    const made = graph.resources.find(
      ({ type, name }) => type === request.getType() && name === request.getName(),
    );
    if (!made) return;
    made.protect = request.getProtect();
    made.retainOnDelete = request.getRetainondelete();
  };
}
