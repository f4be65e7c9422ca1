import { publishedEnvironment } from "../published-environment.ts";
import { type EnvironmentValue, namesOf, type ServiceManifest } from "../service.ts";
import type { Settings } from "../settings.ts";
import type { Account } from "./account.ts";
import { resourceName } from "./names.ts";
import { type Queues, queueNamed } from "./queues.ts";
import type { TableNames } from "./table.ts";

type Environment = Record<string, $util.Input<string>>;

/** What the environment of the functions names. */
export interface Created {
  names: ReturnType<typeof namesOf>;
  table: TableNames;
  queues: Queues;
  publicUrl: $util.Input<string>;
}

/** The environment with the names of what was created put in. */
export function resolveEnvironment(
  environment: Record<string, EnvironmentValue>,
  created: Created,
): Environment {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, resolveValue(value, created)]),
  );
}

function resolveValue(value: EnvironmentValue, { names, table, queues, publicUrl }: Created) {
  if (typeof value === "string") return value;
  switch (value.of) {
    case "tableName":
      return table.name;
    case "publicUrl":
      return publicUrl;
    case "queueUrl":
      return queueNamed(queues, value.queue).url;
    default:
      return names[value.of];
  }
}

/** Writes down where things are, so that commands find their way by it. */
export function publishEnvironment(
  manifest: ServiceManifest,
  settings: Settings,
  account: Account,
  created: Created,
): void {
  new aws.ssm.Parameter(resourceName("environment"), {
    name: namesOf(manifest, settings.stage).environmentParameter,
    type: "String",
    // Nothing in it is secret, and so `sst diff` may show what changes.
    insecureValue: $jsonStringify({
      ...resolveEnvironment(publishedEnvironment(manifest, settings), created),
      AWS_REGION: account.region,
    }),
  });
}
