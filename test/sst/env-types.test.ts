import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { deploy } from "./variants.ts";

/** Components that SST writes down, with the attribute that a link to one would give. */
const linkable: Record<string, string> = { Dynamo: "name", Queue: "url", SnsTopic: "arn" };

it("sst-env.d.ts names the components that the program creates, as SST would write them at a deployment", async () => {
  const { graph } = await deploy("dev");
  const expected = graph.resources.flatMap(({ type, name }) => {
    const [, kind = ""] = /^sst:aws:(\w+)$/.exec(type) ?? [];
    return linkable[kind] ? [`${name} ${linkable[kind]} sst.aws.${kind}`] : [];
  });
  const written = readFileSync(join(import.meta.dirname, "../../sst-env.d.ts"), "utf8");
  const entries = written.matchAll(
    /"(\w+)": \{\n\s+"(\w+)": (string|"[\w.]+")\n\s+"(\w+)": (string|"[\w.]+")\n\s+\}/g,
  );
  const named = [...entries].map(([, name, first, firstType = "", second, secondType = ""]) =>
    firstType === "string"
      ? `${name} ${first} ${secondType.replaceAll('"', "")}`
      : `${name} ${second} ${firstType.replaceAll('"', "")}`,
  );
  expect(named.sort()).toEqual(expected.sort());
});
