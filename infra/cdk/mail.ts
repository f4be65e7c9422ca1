import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { namesOf, ruleDeadLetters, type ServiceManifest } from "../service.ts";
import type { Settings } from "../settings.ts";
import { named } from "./queues.ts";

/** The domain, the configuration set, and the way of its events: default event bus, rule, queue. */
export function createMail(
  scope: Construct,
  manifest: ServiceManifest,
  settings: Settings,
  queues: Map<string, Queue>,
): void {
  const { configurationSet } = namesOf(manifest, settings.stage);
  const set = new ConfigurationSet(scope, "ConfigurationSet", {
    configurationSetName: configurationSet,
    reputationMetrics: true,
    sendingEnabled: true,
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
  });
  set.addEventDestination("Events", {
    // SES knows no other bus than the default one.
    destination: EventDestination.eventBus(EventBus.fromEventBusName(scope, "Bus", "default")),
    events: manifest.mail.events.map((event) => EmailSendingEvent[event]),
  });
  if (!settings.mailDomainExists)
    new EmailIdentity(scope, "Identity", {
      identity: Identity.domain(settings.mailDomain),
      mailFromDomain: `mail.${settings.mailDomain}`,
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
    });
  new Rule(scope, "SesRule", {
    description: "What becomes of each mail, for the function that keeps it",
    eventPattern: {
      source: ["aws.ses"],
      detail: { mail: { tags: { "ses:configuration-set": [configurationSet] } } },
    },
    targets: [
      new SqsQueue(named(queues, manifest.mail.eventQueue), {
        deadLetterQueue: named(queues, ruleDeadLetters),
      }),
    ],
  });
}
