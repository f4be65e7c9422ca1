import type { MailFacts } from "../facts.ts";
import type { OpenTemplate } from "./open-template.ts";
import { plain, type Raw, same } from "./watch.ts";

/** Configuration set, identity, and the way of SES's events. */
export function mailOf({ all, one }: OpenTemplate): MailFacts {
  const set = one("AWS::SES::ConfigurationSet").properties;
  same(set.SendingOptions, { SendingEnabled: true }, "sending");
  const events = one("AWS::SES::ConfigurationSetEventDestination").properties;
  same(events.ConfigurationSetName, set.Name, "the configuration set whose events go on the bus");
  const destination = events.EventDestination;
  same(destination.Enabled, true, "the event destination");
  const rule = one("AWS::Events::Rule").properties;
  const [target, ...others] = rule.Targets;
  same([rule.State, others], ["ENABLED", []], "the rule and its targets");
  const [identity, ...identities] = all("AWS::SES::EmailIdentity").map(({ id, properties }) => {
    const { BehaviorOnMxFailure, MailFromDomain } = properties.MailFromAttributes;
    same(BehaviorOnMxFailure, "USE_DEFAULT_VALUE", `${id}: when the MX record is missing`);
    return { domain: properties.EmailIdentity, mailFrom: MailFromDomain };
  });
  same(identities, [], "other identities");
  const bus = destination.EventBridgeDestination.EventBusArn;
  const eventType = (type: string) => type.replace(/[A-Z]/g, "_$&").toUpperCase();
  return {
    configurationSet: set.Name,
    reputationMetrics: set.ReputationOptions.ReputationMetricsEnabled,
    suppressedReasons: [...set.SuppressionOptions.SuppressedReasons].sort(),
    destination: {
      events: destination.MatchingEventTypes.map(eventType).sort(),
      bus: bus.replace("arn:<partition>:events:<region>:<account>:event-bus/", ""),
    },
    rule: {
      pattern: plain(rule.EventPattern),
      target: target.Arn.replace("queue/", ""),
      deadLetters: target.DeadLetterConfig.Arn.replace("queue/", ""),
    },
    identity,
    receiving: receivingOf(all("AWS::SES::ReceiptRule").map(({ properties }) => properties)),
  };
}

function receivingOf([first, ...others]: Raw[]): MailFacts["receiving"] {
  same(others, [], "other receipt rules");
  if (!first) return undefined;
  const { RuleSetName, Rule } = first;
  const [{ LambdaAction }, ...more] = Rule.Actions;
  const terms = [Rule.Enabled, Rule.ScanEnabled, Rule.TlsPolicy, LambdaAction.InvocationType, more];
  same(terms, [true, true, "Optional", "Event", []], "the terms of the receipt rule");
  return {
    ruleSet: RuleSetName,
    rule: Rule.Name,
    recipients: plain(Rule.Recipients),
    calls: LambdaAction.FunctionArn.replace("function/", ""),
  };
}

/** The ARN by which a receipt rule calls. */
export function receiptRuleArn({ all }: OpenTemplate): string {
  const [rule] = all("AWS::SES::ReceiptRule").map(({ properties }) => properties);
  const name = rule && `receipt-rule-set/${rule.RuleSetName}:receipt-rule/${rule.Rule.Name}`;
  return `arn:<partition>:ses:<region>:<account>:${name}`;
}
