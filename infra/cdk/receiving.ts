import { CfnEventInvokeConfig, CfnPermission, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { CfnReceiptRule } from "aws-cdk-lib/aws-ses";
import { deadLetterOf, namesOf, type Trigger } from "../service.ts";
import type { Grantable } from "./permissions.ts";
import { named } from "./queues.ts";

/** Lets SES call a function for each mail to the unsubscribe mailbox, by a rule in the operator's own rule set. */
export function receiveMail(
  name: string,
  trigger: Extract<Trigger, { kind: "mail" }>,
  target: LambdaFunction,
  { stack, manifest, settings, queues, mailbox }: Grantable & { mailbox: string },
): void {
  const { receiptRule } = namesOf(manifest, settings.stage);
  const { receiptRuleSet = "" } = settings;
  new CfnEventInvokeConfig(stack, `Patience-${name}`, {
    functionName: target.functionName,
    qualifier: "$LATEST",
    maximumRetryAttempts: trigger.retries,
    maximumEventAgeInSeconds: trigger.patienceHours * 60 * 60,
    destinationConfig: { onFailure: { destination: named(queues, deadLetterOf(name)).queueArn } },
  });
  const permission = new CfnPermission(stack, `MailPermission-${name}`, {
    action: "lambda:InvokeFunction",
    functionName: target.functionArn,
    principal: "ses.amazonaws.com",
    sourceAccount: stack.account,
    sourceArn: stack.formatArn({
      service: "ses",
      resource: "receipt-rule-set",
      resourceName: `${receiptRuleSet}:receipt-rule/${receiptRule}`,
    }),
  });
  const rule = new CfnReceiptRule(stack, `ReceiptRule-${name}`, {
    ruleSetName: receiptRuleSet,
    rule: {
      name: receiptRule,
      enabled: true,
      recipients: [mailbox],
      scanEnabled: true,
      // Who wants to leave is not turned away for an old mail server.
      tlsPolicy: "Optional",
      actions: [{ lambdaAction: { functionArn: target.functionArn, invocationType: "Event" } }],
    },
  });
  // SES tries the function when the rule is made.
  rule.addResourceDependency(permission);
}
