import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { EnvironmentValue, namesOf } from "../service.ts";
import { named } from "./queues.ts";
import type { TableNames } from "./table.ts";

/** What the environment of the functions names. */
export interface Created {
  names: ReturnType<typeof namesOf>;
  table: TableNames;
  queues: Map<string, Queue>;
  publicUrl: string;
}

/** The environment with the names of what was created put in. */
export function resolveEnvironment(
  environment: Record<string, EnvironmentValue>,
  created: Created,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, resolveValue(value, created)]),
  );
}

function resolveValue(value: EnvironmentValue, { names, table, queues, publicUrl }: Created): string {
  if (typeof value === "string") return value;
  switch (value.of) {
    case "tableName":
      return table.tableName;
    case "publicUrl":
      return publicUrl;
    case "queueUrl":
      return named(queues, value.queue).queueUrl;
    default:
      return names[value.of];
  }
}
