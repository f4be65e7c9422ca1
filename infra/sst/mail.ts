import { namesOf, ruleDeadLetters, type ServiceManifest } from "../service.ts";
import type { Settings } from "../settings.ts";
import type { Account } from "./account.ts";
import { resourceName } from "./names.ts";
import { type Queues, queueNamed } from "./queues.ts";

/**
 * The configuration set, and the way of its events: default event bus, rule, queue. Not SST's component: that
 * one makes itself the domain's default, and writes DNS records.
 */
export function createEvents(
  manifest: ServiceManifest,
  settings: Settings,
  account: Account,
  queues: Queues,
): aws.cloudwatch.EventRule {
  const { configurationSet } = namesOf(manifest, settings.stage);
  const set = new aws.sesv2.ConfigurationSet(resourceName("mail"), {
    configurationSetName: configurationSet,
    reputationOptions: { reputationMetricsEnabled: true },
    sendingOptions: { sendingEnabled: true },
    suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
  });
  new aws.sesv2.ConfigurationSetEventDestination(resourceName("mail"), {
    configurationSetName: set.configurationSetName,
    eventDestinationName: "event-bus",
    eventDestination: {
      enabled: true,
      matchingEventTypes: manifest.mail.events,
      // SES knows no other bus than the default one.
      eventBridgeDestination: { eventBusArn: account.arn("events", "event-bus/default") },
    },
  });
  const rule = new aws.cloudwatch.EventRule(resourceName("ses-events"), {
    description: "What becomes of each mail, for the function that keeps it",
    eventPattern: JSON.stringify({
      source: ["aws.ses"],
      detail: { mail: { tags: { "ses:configuration-set": [configurationSet] } } },
    }),
  });
  new aws.cloudwatch.EventTarget(resourceName("ses-events"), {
    rule: rule.name,
    arn: queueNamed(queues, manifest.mail.eventQueue).arn,
    deadLetterConfig: { arn: queueNamed(queues, ruleDeadLetters).arn },
  });
  return rule;
}

/** The domain that mails come from, unless SES has it already. */
export function createIdentity({ mailDomain, mailDomainExists }: Settings): Identity | undefined {
  if (mailDomainExists) return undefined;
  const identity = new aws.sesv2.EmailIdentity(resourceName("mail"), { emailIdentity: mailDomain });
  const { mailFromDomain } = new aws.sesv2.EmailIdentityMailFromAttributes(resourceName("mail"), {
    emailIdentity: identity.emailIdentity,
    mailFromDomain: `mail.${mailDomain}`,
    behaviorOnMxFailure: "USE_DEFAULT_VALUE",
  });
  return { mailFromDomain, dkimTokens: identity.dkimSigningAttributes.tokens };
}

/** What SES asks the operator to put into the domain's DNS. */
export interface Identity {
  mailFromDomain: $util.Output<string | undefined>;
  dkimTokens: $util.Output<string[]>;
}
