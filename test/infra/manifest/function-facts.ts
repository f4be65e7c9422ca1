import {
  deadLetterOf,
  type EnvironmentValue,
  type FunctionSpec,
  namesOf,
  type Permission,
  type ServiceManifest,
} from "../../../infra/service.ts";
import type { Settings } from "../../../infra/settings.ts";
import type { FunctionFacts } from "../facts.ts";

/** What the manifest says of one function. */
export function functionFacts(
  name: string,
  spec: FunctionSpec,
  manifest: ServiceManifest,
  settings: Settings,
): FunctionFacts {
  const { triggers } = spec;
  const { runtime, architecture, logRetentionDays } = manifest.lambda;
  const callers: Record<string, string[]> = { http: ["apigateway"], schedule: ["scheduler"], mail: ["ses"] };
  const services = new Set(["lambda", ...triggers.flatMap(({ kind }) => callers[kind] ?? [])]);
  const [byMail] = triggers.filter((trigger) => trigger.kind === "mail");
  const received = triggers.flatMap((trigger) => (trigger.kind === "queue" ? [trigger.queue] : []));
  return {
    bundle: `dist/functions/${name}`,
    handler: "index.handler",
    runtime,
    architecture,
    memoryMb: spec.memoryMb,
    timeoutSeconds: spec.timeoutSeconds,
    logRetentionDays,
    logRetained: settings.production,
    reservedConcurrency: undefined,
    environment: resolveEnvironment(spec.environment, manifest, settings),
    allowed: [
      ...spec.permissions.flatMap((permission) => allowedBy(permission, settings)),
      ...received.flatMap((queue) =>
        ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map(
          (action) => `sqs:${action} queue/${queue}`,
        ),
      ),
      ...(byMail ? [`sqs:SendMessage queue/${deadLetterOf(name)}`] : []),
      "logs:CreateLogStream logs",
      "logs:PutLogEvents logs",
    ].sort(),
    callers: [...services].map((service) => `${service}.amazonaws.com`).sort(),
    schedules: triggers.flatMap((trigger) =>
      trigger.kind === "schedule"
        ? [
            {
              expression: trigger.expression,
              timezone: "UTC",
              retries: trigger.retries,
              state: "ENABLED",
            },
          ]
        : [],
    ),
    unattended: byMail && {
      retries: byMail.retries,
      patienceSeconds: byMail.patienceHours * 60 * 60,
      deadLetters: deadLetterOf(name),
    },
    sources: triggers
      .flatMap((trigger) =>
        trigger.kind === "queue"
          ? [
              {
                queue: trigger.queue,
                batchSize: trigger.batchSize,
                windowSeconds: 0,
                maxConcurrency: trigger.maxConcurrency,
                reportsItemFailures: true,
              },
            ]
          : [],
      )
      .sort((one, other) => (one.queue < other.queue ? -1 : 1)),
  };
}

function allowedBy({ on, actions, rowsOf }: Permission, { mailDomain }: Settings): string[] {
  const rows = rowsOf === undefined ? "" : ` rows ${rowsOf}*`;
  const from = on === "mail" ? ` from *@${mailDomain}` : "";
  return actions.map((action) => `${action} ${on}${rows}${from}`);
}

/** An environment with tokens in place of what is named at deployment. */
export function resolveEnvironment(
  environment: Record<string, EnvironmentValue>,
  manifest: ServiceManifest,
  { stage, restoredTable, web }: Settings,
): Record<string, string> {
  const names = namesOf(manifest, stage);
  return mapValues(environment, (value) => {
    if (typeof value === "string") return value;
    if (value.of === "tableName") return restoredTable ?? "<tableName>";
    if (value.of === "publicUrl") return web ? `https://${web.domain}` : "<publicUrl>";
    if (value.of === "queueUrl") return `<queueUrl ${value.queue}>`;
    return names[value.of];
  });
}

/** A record of the same names with other values. */
export function mapValues<In, Out>(
  record: Record<string, In>,
  map: (value: In, key: string) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
