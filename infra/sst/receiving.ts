import { deadLetterOf, namesOf, type Trigger } from "../service.ts";
import { resourceName } from "./names.ts";
import type { Grantable } from "./permissions.ts";
import { queueNamed } from "./queues.ts";

/** Lets SES call a function for each mail to the unsubscribe mailbox, by a rule in the operator's own rule set. */
export function receiveMail(
  name: string,
  trigger: Extract<Trigger, { kind: "mail" }>,
  called: aws.lambda.Function,
  { manifest, settings, account, queues, mailbox }: Grantable & { mailbox: string },
): void {
  const { receiptRule } = namesOf(manifest, settings.stage);
  const { receiptRuleSet = "" } = settings;
  new aws.lambda.FunctionEventInvokeConfig(resourceName(name), {
    functionName: called.name,
    qualifier: "$LATEST",
    maximumRetryAttempts: trigger.retries,
    maximumEventAgeInSeconds: trigger.patienceHours * 60 * 60,
    destinationConfig: { onFailure: { destination: queueNamed(queues, deadLetterOf(name)).arn } },
  });
  const permission = new aws.lambda.Permission(resourceName(name), {
    action: "lambda:InvokeFunction",
    function: called.arn,
    principal: "ses.amazonaws.com",
    sourceAccount: account.accountId,
    sourceArn: account.arn("ses", `receipt-rule-set/${receiptRuleSet}:receipt-rule/${receiptRule}`),
  });
  new aws.ses.ReceiptRule(
    resourceName(name),
    {
      ruleSetName: receiptRuleSet,
      name: receiptRule,
      enabled: true,
      recipients: [mailbox],
      scanEnabled: true,
      // Who wants to leave is not turned away for an old mail server.
      tlsPolicy: "Optional",
      lambdaActions: [{ functionArn: called.arn, invocationType: "Event", position: 1 }],
    },
    // SES tries the function when the rule is made.
    { dependsOn: [permission] },
  );
}
