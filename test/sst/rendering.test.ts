import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { evaluate } from "./evaluate.ts";
import type { Graph } from "./graph.ts";
import { deploy, required, web } from "./variants.ts";

const graphs: Record<string, Graph> = {};
beforeAll(async () => {
  for (const stage of ["production", "dev"]) graphs[stage] = (await deploy(stage)).graph;
});
const of = (graph: Graph | undefined, type: string) =>
  (graph?.resources ?? []).filter((each) => each.type === type);
const kept = (graph: Graph | undefined) =>
  graph?.resources.flatMap(({ type, retainOnDelete }) => (retainOnDelete ? [type] : []));

describe("what outlives the stack", () => {
  it("in production is the table and the logs, and SST refuses to remove the stack", () => {
    expect(graphs.production?.app).toMatchObject({ removal: "retain", protect: true });
    expect(new Set(kept(graphs.production))).toEqual(
      new Set(["aws:dynamodb/table:Table", "aws:cloudwatch/logGroup:LogGroup"]),
    );
  });

  it("elsewhere is nothing", () => {
    expect(graphs.dev?.app).toMatchObject({ removal: "remove", protect: false });
    expect(kept(graphs.dev)).toEqual([]);
    expect(of(graphs.dev, "aws:dynamodb/table:Table")[0]?.inputs.deletionProtectionEnabled).toBe(false);
  });
});

const ofAccount = [["ses:GetAccount"], ["ses:PutSuppressedDestination", "ses:DeleteSuppressedDestination"]];

describe("permissions", () => {
  it("name each action and, where there is one, each resource", () => {
    const policies = of(graphs.production, "aws:iam/role:Role").flatMap(
      ({ inputs }) => inputs.inlinePolicies,
    );
    const statements = policies.flatMap(({ policy }) => JSON.parse(policy).Statement);
    expect(statements.length).toBeGreaterThan(20);
    for (const { Action, Resource } of statements) {
      expect([Action].flat().filter((action: string) => action.includes("*"))).toEqual([]);
      // What SES knows of the account as a whole is the only thing without.
      if (!ofAccount.some((actions) => isDeepStrictEqual(Action, actions)))
        expect([Resource].flat()).not.toContain("*");
    }
  });

  it("come from nowhere but the roles' own policies", () => {
    for (const { inputs } of of(graphs.production, "aws:iam/role:Role"))
      expect(inputs.managedPolicyArns ?? []).toEqual([]);
    expect(graphs.production?.resources.filter(({ type }) => /Attachment|rolePolicy/.test(type))).toEqual([]);
  });
});

it("no concurrency is set aside, of which a new account has little", () => {
  for (const { inputs } of of(graphs.production, "aws:lambda/function:Function"))
    expect(inputs).not.toHaveProperty("reservedConcurrentExecutions");
  expect(
    of(graphs.production, "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"),
  ).toEqual([]);
});

it("SST builds nothing and asks AWS only where it is", () => {
  expect(graphs.production?.asked).toEqual([]);
  expect(new Set(graphs.production?.calls.map(({ token }) => token))).toEqual(
    new Set([
      "aws:index/getCallerIdentity:getCallerIdentity",
      "aws:index/getPartition:getPartition",
      "aws:index/getRegion:getRegion",
      "aws:iam/getPolicyDocument:getPolicyDocument",
    ]),
  );
});

it("every name that people meet says application and stage", () => {
  for (const { type, name, inputs } of graphs.dev?.resources ?? [])
    if (type.startsWith("aws:"))
      expect(inputs.name ?? name, type).toMatch(/^(stepletter-dev-|\/stepletter\/dev\/|\$default)/);
});

it("the operator is told the DNS records that are theirs to enter", async () => {
  const { outputs } = (await deploy("dev", web)).graph;
  expect(outputs).toMatchObject({ url: "https://news.example.org" });
  expect((outputs.dns as string[]).join("\n").split("\n")).toEqual([
    expect.stringMatching(/^news\.example\.org CNAME d-.*\.amazonaws\.com$/),
    "one._domainkey.example.org CNAME one.dkim.amazonses.com",
    "two._domainkey.example.org CNAME two.dkim.amazonses.com",
    "three._domainkey.example.org CNAME three.dkim.amazonses.com",
    "mail.example.org MX 10 feedback-smtp.eu-central-1.amazonses.com",
    'mail.example.org TXT "v=spf1 include:amazonses.com ~all"',
  ]);
});

it("missing settings are named before anything is created", async () => {
  const { failure, resources } = await evaluate("production", {});
  expect(failure).toContain("STEPLETTER_MAIL_DOMAIN is missing");
  expect(failure).toContain("STEPLETTER_ALARM_EMAIL is missing");
  expect(resources.filter(({ type }) => type !== "pulumi:pulumi:Stack")).toEqual([]);
});

it("the bundles are made first, and without them nothing is created", async () => {
  const folder = await mkdtemp(join(tmpdir(), "stepletter-npm-"));
  try {
    const npm = join(folder, "npm");
    await writeFile(npm, `#!/bin/sh\necho "$@" > ${folder}/called\nexit 1\n`);
    await chmod(npm, 0o755);
    const { failure, resources } = await evaluate("dev", {
      ...required,
      STEPLETTER_BUNDLES: "",
      PATH: `${folder}${delimiter}${process.env.PATH}`,
    });
    expect(failure).toContain("npm run --silent bundle");
    expect(await readFile(join(folder, "called"), "utf8")).toBe("run --silent bundle\n");
    expect(resources.filter(({ type }) => type !== "pulumi:pulumi:Stack")).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("sst.config.ts imports nothing at its top, which SST refuses", async () => {
  const config = await readFile(join(import.meta.dirname, "../../sst.config.ts"), "utf8");
  expect(config).not.toMatch(/^\s*import\s/m);
});
