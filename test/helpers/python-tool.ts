import { access, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../deploy/processes.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Installs a package from PyPI into a Python environment of its own under `.cache/`, unless it is there already.
 * @returns the folder of its programs.
 * @throws Error when there is no Python 3, or PyPI does not answer.
 */
export async function installPythonTool(name: string, version: string, extra = ""): Promise<string> {
  const home = join(root, ".cache", `${name}-${version}`);
  const programs = join(home, "bin");
  const complete = join(home, "complete");
  const there = await access(complete).then(
    () => true,
    () => false,
  );
  if (there) return programs;
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  // pip finds its index by the environment of whoever runs this.
  const env = Object.fromEntries(Object.entries(process.env).map(([key, value]) => [key, value ?? ""]));
  const command = { cwd: home, env, timeoutSeconds: 150 };
  await run("python3", ["-m", "venv", home], command);
  await run(
    join(programs, "python"),
    ["-m", "pip", "install", "--quiet", `${name}${extra}==${version}`],
    command,
  );
  await writeFile(complete, version);
  return programs;
}
