import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allRows } from "../../helpers/rows.ts";
import { type AdminSite, startAdminSite } from "./admin-site.ts";

let site: AdminSite;
let directory: string;
beforeAll(async () => {
  site = await startAdminSite();
  directory = await mkdtemp(join(tmpdir(), "stepletter-import-"));
});
afterAll(async () => {
  await site.stop();
  await rm(directory, { recursive: true, force: true });
});

const consent = ["--consent", "They ticked the box of our shop."];
async function written(name: string, text: string): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, text);
  return file;
}
const bring = (file: string, ...more: string[]) =>
  site.run("subscribers", "import", file, "--course", "records", ...consent, ...more);
async function people(prefix: string): Promise<Record<string, unknown>[]> {
  return (await allRows(site.service)).filter(({ address }) => String(address).startsWith(prefix));
}
const addresses = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}@example.com`);

describe("stepletter subscribers import", () => {
  it("tells first, then does it, and reports what is not in by line and reason", async () => {
    const file = await written(
      "Spring Event.csv",
      "Email;Name;Status\nada@example.com;Ada;\nada@example.com;Ada;\nbob@example.com;Bob;unsubscribed\nnobody;No;\ncyn@example.com\n",
    );
    const tried = await bring(file, "--dry-run", "--tag", "spring");
    expect(tried).toMatchObject({ code: 0, stderr: "" });
    expect(tried.stdout).toBe(
      [
        "5 rows: 2 would be in, 3 not.",
        "  1  new",
        "  1  on the list already",
        "  1  not subscribed, by the file itself",
        "  2  cannot be read",
        `What would become of each: ${file}.dry-run.csv`,
        "Nothing was written. Without --dry-run they are imported.",
        "",
      ].join("\n"),
    );
    expect(await people("ada")).toEqual([]);
    const done = await bring(file, "--tag", "spring");
    expect(done.stdout).toContain("5 rows: 2 in, 3 not.\n  1  new\n");
    expect(await people("ada")).toMatchObject([
      { name: "Ada", tags: ["spring"], consent: { source: "import:spring-event" } },
    ]);
    const report = await readFile(`${file}.report.csv`, "utf8");
    expect(report).toBe(
      [
        "line,outcome,reason",
        '4,unsubscribed,"The file says that they are ""unsubscribed""."',
        '5,invalid,"This is no e-mail address, such as name@example.com."',
        '6,invalid,"It has 1 column, not 3."',
        "",
      ].join("\r\n"),
    );
    expect((await stat(`${file}.report.csv`)).mode & 0o777).toBe(0o600);
    expect((await readFile(`${file}.dry-run.csv`, "utf8")).split("\r\n")).toHaveLength(7);
    expect(existsSync(`${file}.import.json`)).toBe(false);
    const { stdout } = await bring(file, "--tag", "spring", "--json");
    expect(JSON.parse(stdout)).toEqual({
      ...{ file, dryRun: false, report: `${file}.report.csv`, resumedAfter: 0 },
      tally: { rows: 5, kinds: { known: 2, unsubscribed: 1, invalid: 2 }, notes: {} },
    });
  });

  it("waits for a service that is busy, and goes on from where it was stopped", async () => {
    const file = await written("many.csv", addresses("many", 950).join("\n"));
    site.answerNext(200, 200, 200, 200, 429, 503, 400);
    const stopped = await bring(file);
    expect(stopped).toMatchObject({ code: 1, stdout: "" });
    expect(stopped.stderr).toMatch(/[4-7]00 rows are through\. The same command again goes on from there\./);
    const some = (await people("many")).length;
    expect(some).toBeLessThan(950);
    const done = await bring(file);
    expect(done.stdout).toMatch(/^Went on after row [4-7]00 of an earlier run\.\n950 rows: 950 in, 0 not\./);
    expect(await people("many")).toHaveLength(950);
    // Another task begins anew, though the file is the same.
    expect((await bring(file, "--tag", "other")).stdout).toMatch(
      /^950 rows: 950 in, 0 not\.\n {2}950 {2}on the list already/,
    );
  });

  it.each([
    ["no list", ["subscribers", "import", "FILE", ...consent], 2, "--list digest or --course NAME"],
    ["no consent", ["subscribers", "import", "FILE", "--list", "digest"], 2, "--consent"],
    [
      "an unknown list",
      ["subscribers", "import", "FILE", "--list", "sports", ...consent],
      1,
      '  --list: There is no list "sports"',
    ],
    [
      "too few words",
      ["subscribers", "import", "FILE", "--list", "digest", "--consent", "yes"],
      1,
      "  --consent: Say how",
    ],
    [
      "no such file",
      ["subscribers", "import", "NONE", "--list", "digest", ...consent],
      1,
      "NONE cannot be read",
    ],
  ])("wrong use, %s", async (_, args, code, words) => {
    const file = await written("wrong.csv", "a@example.com");
    const ran = await site.run(...args.map((arg) => (arg === "FILE" ? file : arg)));
    expect(ran).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(words) });
    expect(existsSync(`${file}.report.csv`)).toBe(false);
  });
});
