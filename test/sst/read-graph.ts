import { isDeepStrictEqual } from "node:util";
import type { Graph, Registered } from "./graph.ts";
import { account, region } from "./pretended-aws.ts";

/** Looks into a graph; what it cannot find it throws. */
export interface GraphReader {
  stage: string;
  /** All of a type, or those whose inputs have a value under a key, such as `target.arn`. */
  all(type: string, key?: string, value?: unknown): Registered[];
  one(type: string): Registered;
  /** The resource of a type whose state has a value, an ARN for instance. */
  owner(type: string, key: string, value: unknown): Registered;
  /** A string with everything in it that AWS names replaced by what it is in the manifest. */
  token(value: string): string;
  /** What nobody has looked at; components are but folders of what they register. */
  unseen(): Registered[];
}

/** Reads a graph by type and by reference. */
export function readGraph(graph: Graph, stage: string): GraphReader {
  const seen = new Set<Registered>();
  const find = (type: string, fits: (each: Registered) => boolean) => {
    const found = graph.resources.filter((each) => each.type === type && fits(each));
    for (const each of found) seen.add(each);
    return found;
  };
  const only = (found: Registered[], what: string): Registered => {
    const [first, ...others] = found;
    if (!first || others.length > 0) throw new Error(`${found.length} of ${what}, not one`);
    return first;
  };
  const tokens = tokensOf(graph);
  return {
    stage,
    all: (type, key, value) => find(type, ({ inputs }) => !key || at(inputs, key) === value),
    one: (type) =>
      only(
        find(type, () => true),
        type,
      ),
    owner: (type, key, value) =>
      only(
        find(type, ({ state }) => state[key] === value),
        `${type} whose ${key} is ${value}`,
      ),
    unseen: () => graph.resources.filter((each) => each.type.startsWith("aws:") && !seen.has(each)),
    token: (value) => tokens.get(value) ?? value,
  };
}

function at(inputs: Registered["inputs"], path: string): unknown {
  return path.split(".").reduce((value, key) => value?.[key], inputs);
}

function tokensOf({ resources, calls }: Graph): Map<string, string> {
  const tokens = new Map<string, string>();
  const set = (value: unknown, token: string) => tokens.set(String(value), token);
  const table = (arn: unknown, indexes: string[]) => {
    set(arn, "table");
    for (const index of indexes) set(`${arn}/index/${index}`, `table/${index}`);
  };
  set(region, "<region>");
  set(account, "<account>");
  for (const { type, name, state, inputs } of resources) {
    if (type === "aws:sqs/queue:Queue") {
      set(state.arn, `queue/${queueName(name)}`);
      set(state.url, `<queueUrl ${queueName(name)}>`);
      set(state.name, queueName(name));
    }
    if (type === "aws:dynamodb/table:Table") {
      set(state.name, "<tableName>");
      table(
        state.arn,
        inputs.globalSecondaryIndexes.map((index: { name: string }) => index.name),
      );
    }
    if (type === "aws:apigatewayv2/api:Api") {
      set(state.id, "<api>");
      set(state.apiEndpoint, "<publicUrl>");
    }
    if (type === "aws:cloudwatch/eventRule:EventRule") set(state.arn, "<sesRule>");
  }
  for (const { token, inputs } of calls)
    if (token === "aws:dynamodb/getTable:getTable")
      table(`arn:aws:dynamodb:${region}:${account}:table/${inputs.name}`, ["due", "roster", "news"]);
  return tokens;
}

/** Name in the manifest of what SST's queue component registered: `SendNowDeadQueue` is `send-now-dead`. */
export function queueName(registered: string): string {
  return registered
    .replace(/Queue$/, "")
    .replaceAll(/(?<=.)[A-Z]/g, "-$&")
    .toLowerCase();
}

/** Name in the manifest of a resource that is named by it. */
export function manifestName({ name }: Registered, stage: string): string {
  return name.replace(`stepletter-${stage}-`, "");
}

/** @throws Error if two things have the same name. */
export function byName<T>(entries: (readonly [string, T])[]): Record<string, T> {
  const things = Object.fromEntries(entries);
  if (Object.keys(things).length < entries.length)
    throw new Error(`One name twice: ${entries.map(([name]) => name).join(", ")}`);
  return things;
}

/** @throws Error if what is left of some inputs is not just what is expected: nothing goes unseen. */
export function expectRest(of: Registered, rest: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(rest, expected))
    throw new Error(
      `${of.type} ${of.name} has ${JSON.stringify(rest)}, where ${JSON.stringify(expected)} is known`,
    );
}
