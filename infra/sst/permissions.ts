import {
  deadLetterOf,
  type FunctionSpec,
  namesOf,
  type Permission,
  type ServiceManifest,
} from "../service.ts";
import type { Settings } from "../settings.ts";
import type { Account } from "./account.ts";
import type { Statement } from "./policy.ts";
import { type Queues, queueNamed } from "./queues.ts";
import type { TableNames } from "./table.ts";

/** What a permission of the manifest may be about. */
export interface Grantable {
  manifest: ServiceManifest;
  settings: Settings;
  account: Account;
  table: TableNames;
  queues: Queues;
}

/** All that a function may do: what the manifest grants it, what its triggers and its log need. */
export function statementsFor(
  name: string,
  { permissions, triggers }: FunctionSpec,
  log: aws.cloudwatch.LogGroup,
  on: Grantable,
): Statement[] {
  return [
    ...permissions.map((permission) => grant(permission, on)),
    ...triggers.flatMap((trigger) => (trigger.kind === "queue" ? [receive(trigger.queue, on)] : [])),
    // Lambda puts away what has failed for good in the name of the function.
    ...triggers.flatMap(({ kind }) => (kind === "mail" ? [putAway(deadLetterOf(name), on)] : [])),
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: $interpolate`${log.arn}:*`,
    },
  ];
}

function receive(queue: string, { queues }: Grantable): Statement {
  return {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: queueNamed(queues, queue).arn,
  };
}

function putAway(queue: string, { queues }: Grantable): Statement {
  return { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: queueNamed(queues, queue).arn };
}

function grant({ on, actions, rowsOf }: Permission, grantable: Grantable): Statement {
  return {
    Effect: "Allow",
    Action: actions,
    Resource: resourcesOf(on, grantable),
    ...(rowsOf !== undefined && {
      Condition: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [`${rowsOf}*`] },
        // ForAllValues alone holds for a request without any key.
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    }),
    ...(on === "mail" && {
      Condition: { StringLike: { "ses:FromAddress": [`*@${grantable.settings.mailDomain}`] } },
    }),
  };
}

function resourcesOf(on: Permission["on"], { manifest, settings, account, table, queues }: Grantable) {
  const names = namesOf(manifest, settings.stage);
  if (on === "table") return table.arn;
  if (on === "keys") return account.arn("ssm", `parameter${names.keysParameter}`);
  if (on === "account") return "*";
  if (on === "mail")
    return [
      // In the sandbox SES asks for the recipients' identities too, so all of the account's are named.
      account.arn("ses", "identity/*"),
      account.arn("ses", `configuration-set/${names.configurationSet}`),
    ];
  const [kind, name] = on.split("/") as ["table" | "queue", string];
  return kind === "queue" ? queueNamed(queues, name).arn : $interpolate`${table.arn}/index/${name}`;
}
