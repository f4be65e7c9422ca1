import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Sources } from "../../build/read-sources.ts";
import { sampleSources, withChange } from "./sample-sources.ts";

const command = join(import.meta.dirname, "../../build/build.ts");

describe("node build/build.ts", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "stepletter-build-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function build(sources: Sources) {
    for (const [file, text] of sources) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    const run = promisify(execFile)(process.execPath, [command, root]);
    return run.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );
  }

  it("writes the catalogue as a module and says so in one line", async () => {
    const { code, stdout } = await build(sampleSources);
    expect(stdout).toMatch(
      /^12 mails and 1 pages? compiled, the largest mail \d+\.\d KB, \d stale facts?\.\n$/,
    );
    expect(code).toBe(0);
    expect(await readdir(join(root, "dist"))).toEqual(["catalogue.ts", "openapi.ts"]);
    const { catalogue } = await import(join(root, "dist", "catalogue.ts"));
    expect(catalogue.site.name).toBe("Steps & Co");
  });

  it("names the mistakes, writes nothing and fails", async () => {
    const { code, stdout, stderr } = await build(
      withChange("content/site.yaml", "Europe/Zurich", "Mars/Base"),
    );
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain('error  content/site.yaml:8  defaults.zone: no zone is called "Mars/Base"');
    expect(stderr).toContain("Nothing was written: 1 mistake to mend first.");
    expect(await readdir(root)).not.toContain("dist");
  });

  it("leaves the last good catalogue alone when it fails", async () => {
    await build(sampleSources);
    await build(withChange("content/site.yaml", "Europe/Zurich", "Mars/Base"));
    expect(await readdir(join(root, "dist"))).toEqual(["catalogue.ts", "openapi.ts"]);
  });

  it("takes files with Windows line ends and a byte order mark", async () => {
    const windows = [...sampleSources].map(([file, text]): [string, string] => [
      file,
      `\uFEFF${text.replaceAll("\n", "\r\n")}`,
    ]);
    expect(await build(new Map(windows))).toMatchObject({ code: 0 });
  });
});
