import { join } from "node:path";
import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyDocument, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  EventSourceMapping,
  Function as LambdaFunction,
  Runtime,
  RuntimeFamily,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { FunctionSpec } from "../service.ts";
import { type Grantable, statementsFor } from "./permissions.ts";
import { named } from "./queues.ts";
import { createSchedule } from "./schedule.ts";

/** Creates a function with a role and a log of its own, and lets its queues and schedules call it. */
export function createFunction(
  name: string,
  spec: FunctionSpec,
  bundles: string,
  environment: Record<string, string>,
  grantable: Grantable,
): LambdaFunction {
  const { stack, manifest, settings, queues } = grantable;
  const { runtime, architecture, logRetentionDays } = manifest.lambda;
  const logGroup = new LogGroup(stack, `Log-${name}`, {
    retention: logRetentionDays,
    removalPolicy: settings.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  const role = new Role(stack, `Role-${name}`, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: {
      manifest: new PolicyDocument({ statements: statementsFor(name, spec, logGroup, grantable) }),
    },
  });
  if (spec.permissions.some(({ on }) => on === "mail"))
    Validations.of(role).acknowledge({
      id: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]",
      reason:
        "In the sandbox SES asks for the recipients' identities too; a condition limits who mail is from",
    });
  if (spec.permissions.some(({ on }) => on === "account"))
    Validations.of(role).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "What SES knows of the account as a whole has no resource that a policy could name",
    });
  const created = new LambdaFunction(stack, `Function-${name}`, {
    description: spec.purpose,
    code: Code.fromAsset(join(bundles, name)),
    handler: "index.handler",
    runtime: new Runtime(runtime, RuntimeFamily.NODEJS),
    architecture: Architecture.custom(architecture),
    memorySize: spec.memoryMb,
    timeout: Duration.seconds(spec.timeoutSeconds),
    environment,
    role,
    logGroup,
  });
  for (const [index, trigger] of spec.triggers.entries()) {
    if (trigger.kind === "schedule") createSchedule(stack, `${name}-${index}`, trigger, created);
    if (trigger.kind === "queue")
      new EventSourceMapping(stack, `Source-${name}-${trigger.queue}`, {
        target: created,
        eventSourceArn: named(queues, trigger.queue).queueArn,
        batchSize: trigger.batchSize,
        maxConcurrency: trigger.maxConcurrency,
        maxBatchingWindow: Duration.seconds(0),
        reportBatchItemFailures: true,
      });
  }
  return created;
}
