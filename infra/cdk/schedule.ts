import type { Stack } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Trigger } from "../service.ts";

/** A schedule and its role, spelled out: the ready-made target would let it call every version of the function. */
export function createSchedule(
  stack: Stack,
  name: string,
  trigger: Extract<Trigger, { kind: "schedule" }>,
  target: LambdaFunction,
): void {
  const call = new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [target.functionArn] });
  const role = new Role(stack, `ScheduleRole-${name}`, {
    // Or another account's scheduler could be told to use it.
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
    }),
    inlinePolicies: { call: new PolicyDocument({ statements: [call] }) },
  });
  new CfnSchedule(stack, `Schedule-${name}`, {
    scheduleExpression: trigger.expression,
    scheduleExpressionTimezone: "UTC",
    flexibleTimeWindow: { mode: "OFF" },
    state: "ENABLED",
    target: {
      arn: target.functionArn,
      roleArn: role.roleArn,
      retryPolicy: { maximumRetryAttempts: trigger.retries },
    },
  });
}
