import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoSources } from "../../adapters/dynamodb/sources.ts";
import { handler as http } from "../../functions/http/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { context } from "../helpers/events.ts";
import { allRows } from "../helpers/rows.ts";
import { tempDir } from "../local/temp-dir.ts";
import { type OperatorService, startOperatorService } from "./operator-service.ts";
import type { Ran } from "./run-cli.ts";

const now = "2027-03-01T12:30:00.000Z";
let operator: OperatorService;
let gateway: Gateway;
beforeAll(async () => {
  operator = await startOperatorService(now);
  gateway = await startGateway({
    port: 0,
    clock: operator.service.clock,
    invoke: (event) => http.with(operator.service.depsOf("http"))(event as never, context) as never,
    report: (error) => console.error(error),
  });
});
afterAll(async () => {
  await gateway.close();
  await operator.stop();
});

const sources = (...args: string[]) => operator.run("sources", ...args);
const ringSecrets = async (name: string) => {
  operator.service.clock.pass(301);
  operator.service.clock.set(now);
  return (await operator.service.deps.keys.ring()).webhooks?.[name] ?? [];
};

/** Tests a source, at a service that reads its keys anew. */
async function test(name: string, ...more: string[]): Promise<Ran> {
  operator.service.clock.pass(301);
  operator.service.clock.set(now);
  return sources("test", name, "--url", gateway.url, ...more);
}

const custom = ["--header", "X-Sig", "--id", "meta.id", "--at", "meta.at", "--map", "email=who.mail"];
const anyRows = async () =>
  (await allRows(operator.service)).filter(({ pk }) => !/^SOURCES?(#|$)/.test(String(pk)));

describe("stepletter sources", () => {
  it.each<[string, string, string[], string]>([
    ["shop", "standard", [], "webhook-id, webhook-timestamp, webhook-signature"],
    ["survey", "typeform", ["--map", "course='records'"], "typeform-signature"],
    ["poll", "tally", [], "tally-signature"],
    ["own", "hmac", [...custom, "--encoding", "base64", "--signs", "{header:X-Time}.{body}"], "x-sig"],
  ])(
    "%s: made as %s, shown, called for a test, and listed with its calls",
    async (name, kind, more, header) => {
      const made = await sources("create", name, "--kind", kind, ...more);
      expect(made).toMatchObject({ code: 0, stderr: "" });
      const [secret = ""] = await ringSecrets(name);
      expect(made.stdout).toContain(`  ${secret}\n`);
      expect(made.stdout).toContain(`The source ${name} is at https://steps.example/hooks/${name}`);

      const shown = await sources("show", name, "--url", gateway.url);
      expect(shown.stdout).toContain(`POST ${gateway.url}/hooks/${name}`);
      expect(shown.stdout).toContain(header);
      expect(shown.stdout).not.toContain(secret);

      const before = await anyRows();
      expect(await test(name)).toMatchObject({ code: 0, stderr: "" });
      expect(await anyRows()).toEqual(before);
      expect(await operator.json("sources", "calls", name)).toEqual([
        { id: expect.stringMatching(/^call_/), at: now, outcome: "test" },
      ]);
      expect((await sources("calls", name)).stdout).toContain("a test: nobody was signed up");
      expect((await sources("list")).stdout).toMatch(new RegExp(`^${name} +\\w+ +since 2027-03-01`, "m"));
      expect(await sources("create", name, "--kind", kind, ...more)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`There is a source ${name} already`),
      });
    },
  );

  it("makes a form: no secret, and the HTML for the other site", async () => {
    const site = ["--site", "https://blog.example", "--thank-you", "https://blog.example/thanks"];
    const made = await sources("create", "blog", "--kind", "form", ...site);
    expect(made.stdout).toContain("https://steps.example/signup/blog");
    expect(await ringSecrets("blog")).toEqual([]);
    const shown = await operator.json("sources", "show", "blog");
    expect(shown).toMatchObject({
      kind: "form",
      sites: ["https://blog.example"],
      snippet: expect.stringContaining('action="https://steps.example/signup/blog"'),
    });
    for (const command of ["test", "rotate"])
      expect(await sources(command, "blog")).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("A form"),
      });
  });

  it("rotates: both secrets are good until the old one is dropped", async () => {
    await sources("create", "turning", "--kind", "tally");
    const [old = ""] = await ringSecrets("turning");
    const rotated = await operator.json("sources", "rotate", "turning");
    const both = await ringSecrets("turning");
    expect(both).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), old]);
    expect(rotated).toEqual({ name: "turning", secrets: 2, secret: both[0] });
    expect((await test("turning")).code).toBe(0);
    expect((await sources("rotate", "turning", "--drop-old")).code).toBe(0);
    expect(await ringSecrets("turning")).toEqual([both[0]]);
  });

  it("takes a secret that the other site has made, and refuses what is none", async () => {
    const create = (name: string, kind: string, secret: string) =>
      fed(secret, ["sources", "create", name, "--kind", kind, "--secret-from-stdin"]);
    const theirs = "0b9f3ad2-7f5e-4d0a-9b1c-2f7d54a1c9e0";
    expect((await create("theirs", "tally", `${theirs}\n`)).code).toBe(0);
    expect(await ringSecrets("theirs")).toEqual([theirs]);
    for (const [kind, secret] of [
      ["tally", "short"],
      ["standard", theirs],
      ["typeform", ""],
    ] as const) {
      const refused = await create("refused", kind, secret);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("This is no secret") });
      expect(refused.stderr).not.toContain(theirs);
    }
    expect(await dynamoSources(operator.rows.table).load("refused")).toBeUndefined();
  });

  it("removes row and secrets, once", async () => {
    await sources("create", "gone", "--kind", "standard");
    expect((await sources("remove", "gone")).code).toBe(0);
    expect(await ringSecrets("gone")).toEqual([]);
    expect(await dynamoSources(operator.rows.table).load("gone")).toBeUndefined();
    for (const command of ["remove", "show", "test", "rotate"])
      expect(await sources(command, "gone")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("There is no source gone"),
      });
  });

  it("knows a name that has secrets alone as a plain source, and keeps them when it gets a row", async () => {
    const [secret = ""] = await ringSecrets("demo");
    expect((await test("demo")).code).toBe(0);
    const made = await sources("create", "demo", "--kind", "standard");
    expect(made.stdout).toContain("The key ring has secrets of this name already");
    expect(await ringSecrets("demo")).toEqual([secret]);
  });

  it("tests with a payload of one's own only if it names the address of tests", async () => {
    const file = join(tempDir(), "payload.json");
    const map = ["--map", "email=people[0].mail"];
    await sources("create", "listed", "--kind", "standard", ...map);
    expect(await test("listed")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--payload FILE"),
    });
    writeFileSync(file, JSON.stringify({ people: [{ mail: "ada@example.com" }] }));
    expect((await test("listed", "--payload", file)).code).toBe(2);
    writeFileSync(file, JSON.stringify({ people: [{ mail: "test@stepletter.invalid" }] }));
    expect((await test("listed", "--payload", file)).code).toBe(0);
    writeFileSync(file, "{");
    expect((await test("listed", "--payload", file)).code).toBe(1);
  });

  it("says what a test found to be wrong", async () => {
    await sources(
      "create",
      "astray",
      "--kind",
      "standard",
      "--map",
      "email=email",
      "--map",
      "course='flying'",
    );
    expect(await test("astray")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("answered with status 422: Correct these fields."),
    });
    expect((await sources("calls", "astray")).stdout).toContain("fields are wrong: course");
    const nowhere = await sources("test", "astray", "--url", "http://127.0.0.1:1");
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining("Nothing answers") });
  });

  it("refuses what makes no sense, makes nothing, and has examples in its help", async () => {
    const ran = await sources("create", "x", "--kind", "tally", "--header", "A");
    expect(ran).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("of --kind hmac alone"),
    });
    expect(await dynamoSources(operator.rows.table).load("x")).toBeUndefined();
    expect(await ringSecrets("x")).toEqual([]);
    expect((await sources("create", "--help")).stdout).toContain("--kind typeform --map");
  });
});

/** Runs a command that reads its standard input. */
async function fed(input: string, args: string[]): Promise<Ran> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "../../cli/stepletter.ts"), ...args, "--data", operator.data],
    {
      cwd: tempDir(),
      env: { PATH: process.env.PATH },
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  const ran = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].setEncoding("utf8").on("data", (chunk) => {
      ran[stream] += chunk;
    });
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code: Number(code), ...ran };
}
