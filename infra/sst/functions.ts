import { join } from "node:path";
import type { FunctionSpec } from "../service.ts";
import { componentName, resourceName } from "./names.ts";
import { type Grantable, statementsFor } from "./permissions.ts";
import { assumedBy, policy } from "./policy.ts";
import { queueNamed } from "./queues.ts";

type Environment = Record<string, $util.Input<string>>;

/**
 * A function with a role and a log of its own. Not SST's component: that one lets every function write to any
 * log, and puts variables and a file of its own beside ours.
 */
export function createFunction(
  name: string,
  spec: FunctionSpec,
  environment: Environment,
  on: Grantable,
): aws.lambda.Function {
  const { runtime, architecture, logRetentionDays } = on.manifest.lambda;
  const log = new aws.cloudwatch.LogGroup(
    resourceName(name),
    { retentionInDays: logRetentionDays },
    { retainOnDelete: on.settings.production },
  );
  const role = new aws.iam.Role(resourceName(name), {
    assumeRolePolicy: assumedBy("lambda.amazonaws.com"),
    inlinePolicies: [{ name: "manifest", policy: policy(statementsFor(name, spec, log, on)) }],
  });
  const created = new aws.lambda.Function(resourceName(name), {
    description: spec.purpose,
    code: new $util.asset.FileArchive(join($cli.paths.root, "dist/functions", name)),
    handler: "index.handler",
    runtime,
    architectures: [architecture],
    memorySize: spec.memoryMb,
    timeout: spec.timeoutSeconds,
    role: role.arn,
    environment: { variables: environment },
    loggingConfig: { logFormat: "Text", logGroup: log.name },
  });
  for (const [index, trigger] of spec.triggers.entries()) {
    if (trigger.kind === "schedule") createSchedule(`${name}-${index}`, trigger, created, on);
    if (trigger.kind === "queue") createSource(`${name}-${trigger.queue}`, trigger, created, on);
  }
  return created;
}

type Trigger<Kind> = Extract<FunctionSpec["triggers"][number], { kind: Kind }>;

function createSource(name: string, trigger: Trigger<"queue">, called: aws.lambda.Function, on: Grantable) {
  new aws.lambda.EventSourceMapping(resourceName(name), {
    eventSourceArn: queueNamed(on.queues, trigger.queue).arn,
    functionName: called.arn,
    batchSize: trigger.batchSize,
    maximumBatchingWindowInSeconds: 0,
    scalingConfig: { maximumConcurrency: trigger.maxConcurrency },
    functionResponseTypes: ["ReportBatchItemFailures"],
  });
}

function createSchedule(
  name: string,
  { expression, retries }: Trigger<"schedule">,
  called: aws.lambda.Function,
  { account }: Grantable,
) {
  new sst.aws.CronV2(componentName(name), {
    schedule: expression as `cron(${string})`,
    timezone: "UTC",
    retries,
    function: called.arn.apply((arn) => arn as sst.aws.FunctionArn),
    transform: {
      // Or another account's scheduler could be told to use it.
      role: { assumeRolePolicy: assumedBy("scheduler.amazonaws.com", account.accountId) },
    },
  });
}
