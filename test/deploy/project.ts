import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** What an operator's checkout has, as far as a deployment needs it. */
const parts = [
  "adapters",
  "build",
  "core",
  "functions",
  "infra",
  "templates",
  "web",
  "cdk.json",
  "package.json",
  "tsconfig.json",
];

/** Lays out the project with another content: it is then built, bundled and deployed as an operator would do it. */
export async function layOutProject(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(parts.map((part) => cp(join(root, part), join(folder, part), { recursive: true })));
  await cp(join(root, "test/fixtures/deploy/content"), join(folder, "content"), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
}
