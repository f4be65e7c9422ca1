import type { Graph } from "./graph.ts";

/** Inputs that are JSON: policies, patterns, and the environment that commands read. */
const json = ["policy", "assumeRolePolicy", "eventPattern", "redrivePolicy", "insecureValue"];

/** The graph with what is JSON in its inputs as objects, so that each value in it can be reached. */
export function unfold(graph: Graph): Graph {
  return mapInputs(graph, (value) => (typeof value === "string" ? JSON.parse(value) : value));
}

/** The way back from {@link unfold}. */
export function fold(graph: Graph): Graph {
  return mapInputs(graph, (value) => (value === undefined ? value : JSON.stringify(value)));
}

function mapInputs(graph: Graph, map: (value: unknown) => unknown): Graph {
  const each = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(each);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, json.includes(key) ? map(inner) : each(inner)]),
    );
  };
  const resources = graph.resources.map((resource) => ({
    ...resource,
    inputs: each(resource.inputs) as Record<string, unknown>,
  }));
  return { ...graph, resources };
}
