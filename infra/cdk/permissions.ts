import type { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import {
  deadLetterOf,
  type FunctionSpec,
  namesOf,
  type Permission,
  type ServiceManifest,
} from "../service.ts";
import type { Settings } from "../settings.ts";
import { named } from "./queues.ts";
import type { TableNames } from "./table.ts";

/** What a permission of the manifest may be about. */
export interface Grantable {
  stack: Stack;
  manifest: ServiceManifest;
  settings: Settings;
  table: TableNames;
  queues: Map<string, Queue>;
}

/** All that a function may do: what the manifest grants it, what its triggers and its log need. */
export function statementsFor(
  name: string,
  spec: FunctionSpec,
  log: LogGroup,
  on: Grantable,
): PolicyStatement[] {
  return [
    ...spec.permissions.map((permission) => grant(permission, on)),
    ...spec.triggers.flatMap((trigger) => (trigger.kind === "queue" ? [receive(trigger.queue, on)] : [])),
    // Lambda puts away what has failed for good in the name of the function.
    ...spec.triggers.flatMap(({ kind }) => (kind === "mail" ? [putAway(deadLetterOf(name), on)] : [])),
    new PolicyStatement({
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [log.logGroupArn],
    }),
  ];
}

function receive(queue: string, { queues }: Grantable): PolicyStatement {
  return new PolicyStatement({
    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    resources: [named(queues, queue).queueArn],
  });
}

function putAway(queue: string, { queues }: Grantable): PolicyStatement {
  return new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [named(queues, queue).queueArn] });
}

function grant({ on, actions, rowsOf }: Permission, grantable: Grantable): PolicyStatement {
  return new PolicyStatement({
    actions,
    resources: resourcesOf(on, grantable),
    ...(rowsOf !== undefined && {
      conditions: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${rowsOf}*`] },
        // ForAllValues alone holds for a request without any key.
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    }),
    ...(on === "mail" && {
      conditions: { StringLike: { "ses:FromAddress": [`*@${grantable.settings.mailDomain}`] } },
    }),
  });
}

function resourcesOf(
  on: Permission["on"],
  { stack, manifest, settings, table, queues }: Grantable,
): string[] {
  const names = namesOf(manifest, settings.stage);
  const ses = (resource: string, resourceName: string) =>
    stack.formatArn({ service: "ses", resource, resourceName });
  if (on === "table") return [table.tableArn];
  if (on === "keys")
    return [
      stack.formatArn({ service: "ssm", resource: "parameter", resourceName: names.keysParameter.slice(1) }),
    ];
  if (on === "account") return ["*"];
  // In the sandbox SES asks for the recipients' identities too, so all of the account's are named.
  if (on === "mail") return [ses("identity", "*"), ses("configuration-set", names.configurationSet)];
  const [kind, name] = on.split("/") as ["table" | "queue", string];
  return [kind === "queue" ? named(queues, name).queueArn : `${table.tableArn}/index/${name}`];
}
