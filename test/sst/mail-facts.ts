import type { MailFacts } from "../infra/facts.ts";
import { account, region } from "./pretended-aws.ts";
import { expectRest, type GraphReader, manifestName } from "./read-graph.ts";

/** The configuration set, the way of its events, and the domain. */
export function mailFacts(reader: GraphReader): MailFacts {
  const set = reader.one("aws:sesv2/configurationSet:ConfigurationSet");
  const { configurationSetName, reputationOptions, suppressionOptions, ...rest } = set.inputs;
  const { reputationMetricsEnabled, ...restOfReputation } = reputationOptions;
  const { suppressedReasons, ...restOfSuppression } = suppressionOptions;
  expectRest(
    set,
    { ...rest, ...restOfReputation, ...restOfSuppression },
    { sendingOptions: { sendingEnabled: true } },
  );
  const destination = reader.one(
    "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
  );
  const { eventDestination, eventDestinationName: _name, ...ofSet } = destination.inputs;
  const { matchingEventTypes, ...bus } = eventDestination;
  expectRest(
    destination,
    { ...ofSet, ...bus },
    {
      configurationSetName,
      enabled: true,
      eventBridgeDestination: { eventBusArn: `arn:aws:events:${region}:${account}:event-bus/default` },
    },
  );
  return {
    configurationSet: configurationSetName,
    reputationMetrics: reputationMetricsEnabled,
    suppressedReasons: [...suppressedReasons].sort(),
    destination: { events: [...matchingEventTypes].sort(), bus: "default" },
    rule: ruleFacts(reader),
    identity: identityFacts(reader),
    receiving: receivingFacts(reader),
  };
}

function ruleFacts(reader: GraphReader): MailFacts["rule"] {
  const rule = reader.one("aws:cloudwatch/eventRule:EventRule");
  const { eventPattern, description: _description, ...rest } = rule.inputs;
  expectRest(rule, rest, {});
  const target = reader.one("aws:cloudwatch/eventTarget:EventTarget");
  const { arn, deadLetterConfig, ...restOfTarget } = target.inputs;
  const { arn: deadLetters, ...restOfDeadLetters } = deadLetterConfig;
  expectRest(target, { ...restOfTarget, ...restOfDeadLetters }, { rule: rule.state.name });
  return {
    pattern: JSON.parse(eventPattern),
    target: reader.token(arn).replace("queue/", ""),
    deadLetters: reader.token(deadLetters).replace("queue/", ""),
  };
}

function identityFacts(reader: GraphReader): MailFacts["identity"] {
  const [identity, ...others] = reader.all("aws:sesv2/emailIdentity:EmailIdentity");
  if (!identity) return undefined;
  const { emailIdentity, ...rest } = identity.inputs;
  // Without attributes for DKIM SES signs by its own keys, and no configuration set is the domain's default.
  expectRest(identity, [rest, ...others], [{}]);
  const from = reader.one("aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes");
  const { mailFromDomain, ...restOfFrom } = from.inputs;
  expectRest(from, restOfFrom, { emailIdentity, behaviorOnMxFailure: "USE_DEFAULT_VALUE" });
  return { domain: emailIdentity, mailFrom: mailFromDomain };
}

function receivingFacts(reader: GraphReader): MailFacts["receiving"] {
  const [receipt, ...others] = reader.all("aws:ses/receiptRule:ReceiptRule");
  if (!receipt) return undefined;
  const { ruleSetName, name, recipients, lambdaActions, ...rest } = receipt.inputs;
  const [{ functionArn, ...restOfAction }, ...actions] = lambdaActions;
  expectRest(
    receipt,
    { ...rest, ...restOfAction, others, actions },
    {
      enabled: true,
      scanEnabled: true,
      tlsPolicy: "Optional",
      invocationType: "Event",
      position: 1,
      others: [],
      actions: [],
    },
  );
  const called = reader.owner("aws:lambda/function:Function", "arn", functionArn);
  return { ruleSet: ruleSetName, rule: name, recipients, calls: manifestName(called, reader.stage) };
}

/** The ARN by which a receipt rule calls. */
export function receiptRuleArn(reader: GraphReader): string {
  const { ruleSetName, name } = reader.one("aws:ses/receiptRule:ReceiptRule").inputs;
  return `arn:aws:ses:${region}:${account}:receipt-rule-set/${ruleSetName}:receipt-rule/${name}`;
}
