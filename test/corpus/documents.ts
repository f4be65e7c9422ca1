import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../deploy/processes.ts";
import { installPythonTool } from "../helpers/python-tool.ts";

/** The release whose tests are one half of the corpus, and whose reader is one of the two. */
const feedparser = "6.0.12";
const gofeedFolder = join(import.meta.dirname, "gofeed");

/** A document and what the two mature readers make of it. */
export interface CorpusDocument {
  /** Its place within its corpus. */
  name: string;
  body: Buffer;
  readings: Reading[];
}

export interface Reading {
  /** Whether the reader found a feed in it. */
  known: boolean;
  items: { title: string; link: string }[];
}

/**
 * The documents that feedparser and gofeed are tested with, as their own registries hand them out, each read by both.
 * @throws Error without Python 3, Go, or their registries.
 */
export async function corpus(): Promise<CorpusDocument[]> {
  const programs = await installPythonTool("feedparser", feedparser);
  const home = join(programs, "..");
  const env = Object.fromEntries(Object.entries(process.env).map(([key, value]) => [key, value ?? ""]));
  const python = { cwd: home, env, timeoutSeconds: 150 };
  const go = { cwd: gofeedFolder, env, timeoutSeconds: 300 };

  const tests = join(home, `feedparser-${feedparser}`, "tests");
  if (!(await isThere(tests))) {
    const archive = ["--no-deps", "--no-binary", ":all:", `feedparser==${feedparser}`];
    await run(join(programs, "python"), ["-m", "pip", "download", "--quiet", ...archive], python);
    await run("tar", ["xzf", `feedparser-${feedparser}.tar.gz`], python);
  }
  await run("go", ["mod", "download"], go);
  const module = await run("go", ["list", "-m", "-f", "{{.Dir}}", "github.com/mmcdole/gofeed"], go);
  const roots = [tests, join(module.trim(), "testdata")];
  const paths = (await Promise.all(roots.map(xmlUnder))).flat().sort();

  const work = join(home, "readings");
  await mkdir(work, { recursive: true });
  const list = join(work, "documents");
  await writeFile(list, paths.join("\n"));
  const results = ["feedparser", "gofeed"].map((reader) => join(work, reader));
  await run(
    join(programs, "python"),
    [join(import.meta.dirname, "read_feeds.py"), list, results[0] ?? ""],
    python,
  );
  await run("go", ["run", ".", list, results[1] ?? ""], go);
  const readings = await Promise.all(results.map(readLines));
  return Promise.all(
    paths.map(async (path, index) => ({
      name: path.replace(/^.*?\/(?:tests|testdata)\//, ""),
      body: await readFile(path),
      readings: readings.flatMap((of) => of[index] ?? []),
    })),
  );
}

async function xmlUnder(root: string): Promise<string[]> {
  const found = await readdir(root, { recursive: true });
  return found.filter((name) => name.endsWith(".xml")).map((name) => join(root, name));
}

async function readLines(path: string): Promise<Reading[]> {
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Reading);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
