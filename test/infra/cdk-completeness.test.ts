import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { immaterial } from "./facts-from-template.ts";
import { leavesOf, objectsOf, type Path, type Place, withChanged } from "./leaves.ts";
import { settingsOf, synthesise } from "./synthesise.ts";

// Some two thousand looks at a template take a while on a busy machine.
describe("no value of the template can change unnoticed", { timeout: 120_000 }, () => {
  const settings = settingsOf({
    receiptRuleSet: "inbound",
    web: {
      domain: "news.example.org",
      certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/1",
    },
  });
  let synthesised: ReturnType<typeof synthesise>;
  let facts: unknown;
  beforeAll(() => {
    synthesised = synthesise(settings);
    facts = synthesised.factsOf(synthesised.template);
  }, 120_000);

  const unnoticed = (path: Path, value: unknown): boolean => {
    try {
      return isDeepStrictEqual(synthesised.factsOf(withChanged(synthesised.template, path, value)), facts);
    } catch {
      return false;
    }
  };
  const nameOf = ([, id, ...rest]: Path): string =>
    [`${synthesised.template.Resources[id as string].Type} ${id}`, ...rest.slice(1)].join(".");
  const namesOf = (places: Place[]) => [...new Set(places.map(({ path }) => nameOf(path)))];
  const rendered = ({ path }: Place) => path[2] === "Properties" || path[2] === "DeletionPolicy";

  const leaves = () => leavesOf({ Resources: synthesised.template.Resources }).filter(rendered);

  it("by another value", () => {
    expect(leaves().length).toBeGreaterThan(500);
    const missed = namesOf(leaves().filter(({ path, value }) => unnoticed(path, another(value))));
    expect(missed.filter((name) => !isImmaterial(name))).toEqual([]);
    for (const [where] of immaterial) expect(missed.join("\n")).toMatch(new RegExp(where.source, "m"));
  });

  it("nor by none", () => {
    const missed = namesOf(leaves().filter(({ path }) => unnoticed(path, undefined)));
    expect(missed.filter((name) => !isImmaterial(name))).toEqual([]);
  });

  it("nor by a property that was not there", () => {
    const objects = objectsOf({ Resources: synthesised.template.Resources }).filter(rendered);
    const missed = objects.filter(({ path }) => unnoticed([...path, "Surprise"], "there"));
    expect(namesOf(missed).filter((name) => !isImmaterial(name))).toEqual([]);
  });

  it("nor by a resource that was not there", () => {
    const { Resources } = synthesised.template;
    for (const [id, resource] of Object.entries<{ Type: string }>(Resources))
      expect(unnoticed(["Resources", `${id}Again`], resource), resource.Type).toBe(false);
    expect(unnoticed(["Resources", "Bucket"], { Type: "AWS::S3::Bucket" })).toBe(false);
  });
});

function isImmaterial(name: string): boolean {
  return immaterial.some(([where]) => where.test(name));
}

function another(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  return typeof value === "number" ? value + 86_400 : `${value}x`;
}
