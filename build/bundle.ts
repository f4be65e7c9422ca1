import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Table from "cli-table3";
import { service } from "../infra/service.ts";
import { bundleFunctions } from "./bundle-functions.ts";
import { writeBundles } from "./write-bundles.ts";

const bundles = await bundleFunctions(service);
await writeBundles(join(import.meta.dirname, "../dist/functions"), bundles);

const kilobytes = (bytes: number) => ({ hAlign: "right", content: Math.ceil(bytes / 1000) }) as const;
const table = new Table({ head: ["function", "KB", "KB gzipped"], style: { head: [] } });
for (const { name, code } of bundles)
  table.push([name, kilobytes(code.byteLength), kilobytes(gzipSync(code).byteLength)]);
console.log(table.toString());
