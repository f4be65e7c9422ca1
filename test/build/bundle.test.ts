import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundle, bundleFunctions } from "../../build/bundle-functions.ts";
import { writeBundles } from "../../build/write-bundles.ts";
import { service } from "../../infra/service.ts";

const names = Object.keys(service.functions);
const root = join(import.meta.dirname, "../..");

/** Packages in every bundle: the table's client, the log, the metrics, the schemas. */
const everywhere = [
  "@aws-lambda-powertools/commons",
  "@aws-lambda-powertools/logger",
  "@aws-lambda-powertools/metrics",
  "@aws-sdk/client-dynamodb",
  "@aws-sdk/core",
  "@aws-sdk/credential-provider-node",
  "@aws-sdk/dynamodb-codec",
  "@aws-sdk/endpoint-cache",
  "@aws-sdk/lib-dynamodb",
  "@aws-sdk/middleware-endpoint-discovery",
  "@aws-sdk/util-dynamodb",
  "@aws/lambda-invoke-store",
  "@smithy/core",
  "@smithy/node-http-handler",
  "@smithy/signature-v4",
  "@smithy/types",
  "mnemonist",
  "obliterator",
  "zod",
];
const queues = ["@aws-sdk/client-sqs", "@aws-sdk/middleware-sdk-sqs"];
const keys = ["@aws-sdk/client-ssm"];
const mail = ["@aws-sdk/client-sesv2", "@aws-sdk/signature-v4-multi-region"];
const time = ["temporal-polyfill", "temporal-utils"];
const calendar = ["ical-generator"];
const pages = ["hono"];
const guard = ["disposable-email-domains-js", "ipaddr.js"];
const markdown = ["marked"];
const webhooks = ["@aws-lambda-powertools/jmespath", "@stablelib/base64", "fast-sha256", "standardwebhooks"];
const fetching = ["ipaddr.js", "undici"];
const xml = ["entities", "rss-parser", "sax", "xml2js", "xmlbuilder"];
const html = ["dom-serializer", "domelementtype", "domhandler", "domutils", "htmlparser2"];

/** What else each function may hold, and how many kilobytes it may have in all. A new package is a decision. */
const allowed: Record<keyof typeof service.functions, { packages: string[]; kilobytes: number }> = {
  http: {
    packages: [...queues, ...keys, ...time, ...calendar, ...pages, ...webhooks, ...guard],
    kilobytes: 1080,
  },
  admin: { packages: [...queues, ...keys, ...mail, ...time, ...pages, ...markdown], kilobytes: 1300 },
  dispatch: { packages: [...queues, ...time], kilobytes: 550 },
  "send-packet": { packages: [...keys, ...mail, ...time, ...calendar, ...markdown], kilobytes: 700 },
  "poll-feeds": { packages: queues, kilobytes: 450 },
  "poll-feed": { packages: [...time, ...fetching, ...xml, ...html], kilobytes: 950 },
  "record-events": { packages: keys, kilobytes: 450 },
  "receive-leave": { packages: keys, kilobytes: 450 },
};

let bundles: Map<string, Bundle>;
beforeAll(async () => {
  bundles = await bundled();
});

async function bundled(): Promise<Map<string, Bundle>> {
  return new Map((await bundleFunctions(service)).map((bundle) => [bundle.name, bundle]));
}

function packagesIn(name: string): string[] {
  const found = bundles
    .get(name)
    ?.inputs.map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return [...new Set(found?.filter((packageName) => packageName !== undefined))].sort();
}

describe("the bundles", () => {
  it("are one of each function, the same bytes each time", async () => {
    expect([...bundles.keys()]).toEqual(names);
    const again = await bundled();
    for (const [name, { code }] of bundles)
      expect(Buffer.compare(code, again.get(name)?.code ?? code)).toBe(0);
    expect(again.size).toBe(names.length);
  });

  it.each(Object.entries(allowed))(
    "%s is small, and holds the packages that it needs",
    (name, { packages, kilobytes }) => {
      expect(packagesIn(name)).toEqual([...everywhere, ...packages].sort());
      const size = bundles.get(name)?.code.byteLength ?? 0;
      expect(size).toBeGreaterThan(100_000);
      expect(size).toBeLessThan(kilobytes * 1000);
    },
  );

  it.each(names)("%s holds nothing that is for development", (name) => {
    const { inputs = [] } = bundles.get(name) ?? {};
    const own = inputs
      .filter((file) => !file.includes("node_modules/"))
      .map((file) => file.split("/")[0] ?? "");
    const layers = ["adapters", "core", "dist", "functions", "infra", "web"];
    expect(own.filter((layer) => !layers.includes(layer))).toEqual([]);
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(packagesIn(name).filter((packageName) => packageName in devDependencies)).toEqual([]);
  });

  it("carry the mails only where they are sent, or looked at before", () => {
    const holding = [...bundles].filter(([, { inputs }]) => inputs.includes("core/delivery/compose.ts"));
    expect(holding.map(([name]) => name)).toEqual(["admin", "send-packet"]);
    const sizes = ["send-packet", "dispatch"].map((name) => catalogueBytes(name));
    expect(sizes[0]).toBeGreaterThan(15_000);
    expect(sizes[1]).toBeLessThan(15_000);
  });

  describe("in their folders", () => {
    let directory: string;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "stepletter-bundles-"));
    });
    afterAll(() => rm(directory, { recursive: true }));

    it("are alone: what an earlier build left is gone", async () => {
      await mkdir(join(directory, "http"), { recursive: true });
      await mkdir(join(directory, "gone"));
      await writeFile(join(directory, "http", "old.mjs"), "");
      await writeBundles(directory, [...bundles.values()]);
      const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      expect(files.map(({ parentPath, name }) => join(parentPath, name)).sort()).toEqual(
        names.map((name) => join(directory, name, "index.mjs")).sort(),
      );
    });
  });
});

/** Length of what is packed into a bundle. */
function catalogueBytes(name: string): number {
  const code = Buffer.from(bundles.get(name)?.code ?? []).toString();
  return [...code.matchAll(/"([A-Za-z0-9+/]{1000,}={0,2})"/g)].reduce((sum, [text]) => sum + text.length, 0);
}
