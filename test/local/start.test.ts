import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createConnection, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { catalogue } from "../../dist/catalogue.ts";
import { contactWords } from "../../local/contact-words.ts";
import { close, listen } from "../../local/loopback.ts";
import { tempDir } from "./temp-dir.ts";

describe("npm start", () => {
  it("names its Node and its addresses, answers, and stops cleanly", async () => {
    const data = tempDir();
    const running = await started("--port", "0", "--data", data);
    const lines = running.stdout().split("\n");
    expect(lines[0]).toBe(`Node ${process.versions.node}`);
    expect(running.stdout()).toContain(`Data          ${data}`);
    expect(running.stdout()).toContain(contactWords(catalogue.site.replyTo) ?? "");
    const page = await fetch(addressOf(running, "Signup page"));
    expect(await page.text()).toContain('action="/signup"');
    expect((await fetch(addressOf(running, "Inbox"))).status).toBe(200);

    running.child.kill("SIGTERM");
    expect(await exitOf(running)).toBe(0);
    expect(running.stdout()).toContain("Stopped. No mails so far.");
    expect(running.stderr()).toBe("");
  });

  it("takes the two Ctrl-C that npm makes of one for one, and tells of the mails", async () => {
    const running = await started("--port", "0", "--data", tempDir());
    await signUp(running);
    const half = await halfRequest(addressOf(running, "Signup page"));
    running.child.kill("SIGINT");
    await vi.waitFor(() => expect(running.stdout()).toContain("Stopping:"));
    running.child.kill("SIGINT");
    await statusOf(running);
    half.destroy();
    expect(await exitOf(running)).toBe(0);
    expect(running.stdout()).toContain("Stopped. Mails so far: 1 sent.");
  });

  it("stops cleanly when npm is told to end, which only ends the shell between them", async () => {
    const words = `local/start.ts --port 0 --data ${tempDir()}`;
    const running = spawned("sh", ["-c", `'${process.execPath}' ${words}; true`], {
      npm_lifecycle_event: "start",
    });
    await untilStarted(running);
    running.child.kill("SIGTERM");
    await running.closed;
    expect(running.stdout()).toContain("Stopped. No mails so far.");
  });

  it("goes on where it was killed: its mails are there, and its calendar has not gone back", async () => {
    const data = tempDir();
    const killed = await started(
      "--port",
      "0",
      "--data",
      data,
      "--speed",
      "1h=1s",
      "--at",
      "2027-03-13T09:00Z",
    );
    await signUp(killed);
    const before = await statusOf(killed);
    killed.child.kill("SIGKILL");
    await killed.closed;

    const again = await started("--port", "0", "--data", data, "--speed", "1h=1s");
    const after = await statusOf(again);
    expect(after.now >= before.now).toBe(true);
    expect(after.deliveries).toEqual(before.deliveries);
    expect(after.feeds).toEqual([]);
    again.child.kill("SIGTERM");
    expect(await exitOf(again)).toBe(0);
  });
});

describe("npm start: what it says when it cannot", () => {
  it.each<[string, RegExp]>([
    ["--port x", /^--port x: write a number/],
    ["--port 70000", /^--port 70000: write a number/],
    ["--speed fast", /^--speed fast: write calendar time = real time/],
    ["--at noon", /^--at noon: write a date and time/],
    ["--sped 1d=1s", /^Unknown option '--sped'/],
  ])("%s", async (args, words) => {
    await expectRefusal(args.split(" "), words);
  });

  it("a port is taken", async () => {
    const other = createServer();
    const port = Number(new URL(await listen(other, 0)).port);
    onTestFinished(() => close(other));
    await expectRefusal(
      ["--port", String(port), "--data", tempDir()],
      new RegExp(`^Port ${port} is taken by another`),
    );
  });

  it("another one works in the directory", async () => {
    const data = tempDir();
    const running = await started("--port", "0", "--data", data);
    await expectRefusal(["--port", "0", "--data", data], /in use by another Stepletter/);
    running.child.kill("SIGTERM");
    await exitOf(running);
  });

  it("--help is no failure", async () => {
    const asked = run("--help");
    expect(await exitOf(asked)).toBe(0);
    expect(asked.stdout()).toContain("--speed 1d=1s");
  });
});

interface Running {
  child: ChildProcess;
  /** Ended, with all that it has said. */
  closed: Promise<unknown[]>;
  stdout(): string;
  stderr(): string;
}

function run(...args: string[]): Running {
  return spawned(process.execPath, ["local/start.ts", ...args]);
}

function spawned(command: string, args: string[], environment: Record<string, string> = {}): Running {
  const root = join(import.meta.dirname, "../..");
  const env = { ...process.env, npm_lifecycle_event: undefined, ...environment };
  const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (chunk) => {
      text[stream] += chunk;
    });
  }
  return { child, closed: once(child, "close"), stdout: () => text.stdout, stderr: () => text.stderr };
}

async function started(...args: string[]): Promise<Running> {
  const running = run(...args);
  await untilStarted(running);
  return running;
}

async function untilStarted({ stdout, stderr }: Running): Promise<void> {
  await vi.waitFor(() => expect(stdout() + stderr()).toContain("Ctrl-C stops."), { timeout: 25_000 });
}

async function exitOf({ closed }: Running): Promise<number> {
  const [code] = await closed;
  return Number(code);
}

async function expectRefusal(args: string[], words: RegExp): Promise<void> {
  const refused = run(...args);
  expect(await exitOf(refused)).toBe(1);
  expect(refused.stderr()).toMatch(words);
  expect(refused.stderr().trimEnd()).not.toContain("\n");
}

function addressOf(running: Running, name: string): string {
  const line = running
    .stdout()
    .split("\n")
    .find((text) => text.startsWith(name));
  return line?.split(/\s+/).at(-1) ?? "";
}

/** A request that is under way for as long as the socket is open. */
async function halfRequest(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  socket.write("POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 100\r\n\r\n");
  // "100 Continue": it has begun to read.
  await once(socket, "data");
  return socket;
}

async function signUp(running: Running): Promise<void> {
  const page = addressOf(running, "Signup page");
  const [, token = ""] = /name="started" value="([^"]+)"/.exec(await (await fetch(page)).text()) ?? [];
  const body = new URLSearchParams({ started: token, email: "ada@example.org", name: "Ada" });
  // Two seconds of its calendar have to pass first, however fast that is.
  await vi.waitFor(
    async () => expect((await fetch(`${page}/signup`, { method: "POST", body })).status).toBe(202),
    { timeout: 10_000, interval: 250 },
  );
  await vi.waitFor(async () => expect((await statusOf(running)).deliveries.counts).toEqual({ sent: 1 }), {
    timeout: 10_000,
  });
}

async function statusOf(
  running: Running,
): Promise<{ now: string; deliveries: { counts: Record<string, number> }; feeds: unknown[] }> {
  return (await fetch(addressOf(running, "Status"))).json() as never;
}
