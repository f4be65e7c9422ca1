import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { leavesOf, objectsOf, type Path, type Place, withChanged } from "../infra/leaves.ts";
import { factsFromGraph } from "./facts-from-graph.ts";
import type { Graph } from "./graph.ts";
import { fold, unfold } from "./unfold.ts";
import { deploy, receiving, web } from "./variants.ts";

/** What may be changed without any fact being another, and why. */
const ignored: [where: RegExp, why: string][] = [
  [/^aws:(lambda\/function|cloudwatch\/eventRule):\w+ description$/, "for people"],
  [/^aws:cloudwatch\/metricAlarm:MetricAlarm alarmDescription$/, "for people"],
  [/^aws:(sqs\/queue|dynamodb\/table|iam\/role|sns\/topic|scheduler\/schedule):\w+ name$/, "SST's, random"],
  [/^aws:iam\/role:Role inlinePolicies\.0\.name$/, "one policy among one"],
  [/^aws:sesv2\/\w+:ConfigurationSetEventDestination eventDestinationName$/, "one destination among one"],
  [/^aws:scheduler\/schedule:Schedule target\.input$/, "the functions do not read it"],
];

describe("no value of the graph can change unnoticed", () => {
  let graph: Graph;
  let facts: unknown;
  beforeAll(async () => {
    graph = unfold((await deploy("production", { ...web, ...receiving })).graph);
    facts = factsFromGraph(fold(graph), "production");
  });

  const isUnnoticed = (changed: Graph): boolean => {
    try {
      return isDeepStrictEqual(factsFromGraph(fold(changed), "production"), facts);
    } catch {
      return false;
    }
  };
  const unnoticed = (path: Path, value: unknown) => isUnnoticed(withChanged(graph, path, value));
  /** `aws:sqs/queue:Queue redrivePolicy.maxReceiveCount` */
  const nameOf = ([, index, , ...rest]: Path): string =>
    `${graph.resources[Number(index)]?.type} ${rest.join(".")}`;
  const namesOf = (places: Place[]) => [...new Set(places.map(({ path }) => nameOf(path)))];
  const ofInputs = ({ path: [key, , part] }: Place) => key === "resources" && part === "inputs";
  const rendered = (index: unknown) => graph.resources[Number(index)]?.type.startsWith("aws:");

  it("neither by another value nor by none", () => {
    const leaves = leavesOf(graph).filter((each) => ofInputs(each) && rendered(each.path[1]));
    expect(leaves.length).toBeGreaterThan(500);
    const names = namesOf(
      leaves.filter(({ path, value }) => unnoticed(path, another(value)) || unnoticed(path, undefined)),
    );
    expect(names.filter((name) => !ignored.some(([where]) => where.test(name)))).toEqual([]);
    for (const [where] of ignored) expect(names.join("\n")).toMatch(new RegExp(where.source, "m"));
  });

  it("nor by a property that was not there", () => {
    const objects = objectsOf(graph).filter((each) => ofInputs(each) && rendered(each.path[1]));
    expect(namesOf(objects.filter(({ path }) => unnoticed([...path, "surprise"], "there")))).toEqual([]);
  });

  it("nor by a resource that was not there", () => {
    const more = (resource: Graph["resources"][number] | undefined) =>
      isUnnoticed({ ...graph, resources: [...graph.resources, resource as Graph["resources"][number]] });
    for (const each of graph.resources.filter(({ type }) => type.startsWith("aws:")))
      expect(more({ ...each, name: `${each.name}Again` }), each.type).toBe(false);
    const bucket = { ...graph.resources[0], type: "aws:s3/bucket:Bucket", name: "Bucket" };
    expect(more(bucket as Graph["resources"][number])).toBe(false);
  });

  it("nor by what becomes of the table and the logs when the stack is removed", () => {
    const kept = graph.resources.flatMap(({ retainOnDelete }, index) => (retainOnDelete ? [index] : []));
    expect(kept.length).toBe(9);
    for (const index of kept) expect(unnoticed(["resources", index, "retainOnDelete"], false)).toBe(false);
  });
});

function another(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  return typeof value === "number" ? value + 86_400 : `${value}x`;
}
