import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { z } from "zod";
import type { Report } from "./problem.ts";

/** What a piece of YAML says. `value` is there only if it fits its schema; `raw` is for checks that go on anyway. */
export interface YamlRead<T> {
  value: T | undefined;
  raw: unknown;
  /** Every text in it, comments left out. */
  texts: { text: string; line: number }[];
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads YAML, whole or the front matter of a file, and reports each mistake at its line. */
export function readYaml<T>(
  schema: z.ZodType<T>,
  source: { file: string; text: string; firstLine?: number },
  report: Report,
): YamlRead<T> {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const lineFrom = (offset: number) => lines.linePos(offset).line + (source.firstLine ?? 1) - 1;
  const lineOf = (path: readonly PropertyKey[]) => lineFrom(offsetOf(document.contents, path));

  const texts: { text: string; line: number }[] = [];
  visit(document, {
    Scalar: (_, { value, range }) => {
      if (typeof value === "string") texts.push({ text: value, line: lineFrom(range?.[0] ?? 0) });
    },
  });

  for (const error of document.errors) {
    report({
      file: source.file,
      line: lineFrom(error.pos[0]),
      message: `This is not YAML: ${error.message}`,
    });
  }
  if (document.errors.length > 0) return { value: undefined, raw: undefined, texts, lineOf };

  const raw: unknown = document.toJS();
  const result = schema.safeParse(raw, { reportInput: true });
  for (const issue of result.error?.issues ?? []) {
    for (const { path, message } of describe(issue))
      report({ file: source.file, line: lineOf(path), message });
  }
  return { value: result.success ? result.data : undefined, raw, texts, lineOf };
}

function describe(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `${nameOf([...issue.path, key])} is no known key: remove it or correct its spelling`,
    }));
  }
  // Of a choice, the branch that was meant is the one that fits down to some key.
  const meant =
    issue.code === "invalid_union" &&
    issue.errors.find((errors) => errors.some(({ path }) => path.length > 0));
  if (meant) return meant.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }));
  const problem = issue.input === undefined ? " is missing: " : issue.path.length > 0 ? ": " : "";
  return [{ path: issue.path, message: `${nameOf(issue.path)}${problem}${issue.message}` }];
}

function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key + 1}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

/** Where a path starts in the text; of a missing key, where the map that lacks it starts. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number") {
      node = node.items[key];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
