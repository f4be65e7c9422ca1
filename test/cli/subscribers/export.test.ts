import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { join, signUp } from "../../helpers/walk.ts";
import { type AdminSite, startAdminSite } from "./admin-site.ts";

let site: AdminSite;
let other: AdminSite;
let directory: string;
beforeAll(async () => {
  [site, other] = await Promise.all([startAdminSite(), startAdminSite()]);
  directory = await mkdtemp(joinPath(tmpdir(), "stepletter-export-"));
});
afterAll(async () => {
  await Promise.all([site.stop(), other.stop()]);
  await rm(directory, { recursive: true, force: true });
});

const run = (...args: string[]) => site.run("subscribers", ...args);
const consent = ["--list", "digest", "--consent", "They ticked the box of our shop."];

describe("stepletter subscribers", () => {
  it("lists, shows and tags", async () => {
    const id = await join(site.service, "ada@example.com", { name: "Ada" });
    await signUp(site.service, "bob@example.com");
    const listed = await run("list");
    expect(listed.stdout).toMatch(/ada@example\.com │ Ada\s+│ active/);
    expect(listed.stdout).toContain("2 subscribers.");
    expect((await run("list", "--status", "pending")).stdout).toContain("1 subscriber.");
    expect((await run("list", "--tag", "vip")).stdout).toBe("Nobody.\n");
    expect((await run("list", "--limit", "1")).stdout).toContain("1 subscriber, and there are more");
    expect((await run("tag", "ada@example.com", "--add", "vip", "--add", "shop")).stdout).toBe(
      `${id} has the tags shop, vip.\n`,
    );
    expect((await run("tag", id, "--remove", "shop")).stdout).toBe(`${id} has the tags vip.\n`);
    expect((await run("show", id)).stdout).toBe(
      [
        "address    ada@example.com",
        "name       Ada",
        `id         ${id}`,
        "status     active",
        "list       records, joined since 2027-03-01",
        "tags       vip",
        "zone       America/New_York",
        "here since 2027-03-01",
        "confirmed  2027-03-01",
        "",
      ].join("\n"),
    );
    expect(JSON.parse((await run("find", "ADA@example.com", "--json")).stdout)).toMatchObject({ id });
    expect(await run("show", "none@example.com")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Nobody has"),
    });
    expect(await run("tag", id)).toMatchObject({ code: 2, stderr: expect.stringContaining("--add TAG") });
    expect(await run("tag", id, "--add", "No Tag")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("  --add: Write small letters"),
    });
    expect(await run("list", "--status", "away")).toMatchObject({ code: 2 });
    expect(await run("list", "--limit", "0")).toMatchObject({ code: 2 });
  });

  it("are exported for their owner's eyes, without formulas, and come in elsewhere as they were", async () => {
    const names = ["Zoë", '"Q", 2', "=1+1", "'=x", "+43", "@home", "-", "O'Neil", ""];
    const file = joinPath(directory, "people.csv");
    const head = "email,name,timezone,tags,topics,confirmed at\n";
    const rows = names.map(
      (name, index) =>
        `r${index}@example.com,"${(/^'*[=+@-]/.test(name) ? `'${name}` : name).replaceAll('"', '""')}",Europe/London,"a, b",coding,2026-05-01T10:00:00Z`,
    );
    await writeFile(file, head + rows.join("\n"));
    expect((await run("import", file, ...consent)).stdout).toContain("9 in, 0 not");
    const bouncer = JSON.parse((await run("show", "r8@example.com", "--json")).stdout).id;
    await suppress(site.service.deps, bouncer, "bounce");

    const out = joinPath(directory, "out.csv");
    const exported = await run("export", "--list", "digest", "-o", out);
    expect(exported).toEqual({ code: 0, stderr: "", stdout: `9 subscribers in ${out}.\n` });
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(existsSync(`${out}.part`)).toBe(false);
    const text = await readFile(out, "utf8");
    expect(text.split("\r\n")[0]).toBe(
      "Email,Name,Timezone,Tags,Topics,Status,Lists,Confirmed At,Created At,ID",
    );
    expect(text).toContain(",'=1+1,");
    expect(text).not.toMatch(/(^|,|")[=+@\t-]/m);

    const imported = await other.run("subscribers", "import", out, ...consent);
    expect(imported.stdout).toContain("9 rows: 8 in, 1 not.");
    const tell = async (on: AdminSite) => {
      const { stdout } = await on.run(
        "subscribers",
        "list",
        "--status",
        "active",
        "--list",
        "digest",
        "--json",
      );
      const { items } = JSON.parse(stdout) as { items: Record<string, unknown>[] };
      return items
        .map(({ address, name, zone, tags, topics, confirmedAt }) => ({
          address,
          name,
          zone,
          tags,
          topics,
          confirmedAt,
        }))
        .toSorted((a, b) => String(a.address).localeCompare(String(b.address)));
    };
    expect(await tell(other)).toEqual(await tell(site));
    expect((await tell(other)).map(({ name }) => name)).toEqual(names.slice(0, 8));
  });

  it("go to the standard output too, and leave nothing behind where they cannot", async () => {
    const piped = await run("export", "--tag", "vip", "-o", "-");
    expect(piped.stdout.split("\r\n")).toHaveLength(3);
    const nowhere = joinPath(directory, "none", "out.csv");
    expect(await run("export", "-o", nowhere)).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("cannot be written (ENOENT)"),
    });
    const out = joinPath(directory, "half.csv");
    site.answerNext(400);
    expect((await run("export", "-o", out)).code).toBe(1);
    expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false]);
  });
});
