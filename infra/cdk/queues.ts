import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { deadLetterOf, ruleDeadLetters, type ServiceManifest } from "../service.ts";

/** The queues of the manifest, their dead-letter queues, and those of the event rule and of mail, by name. */
export function createQueues(scope: Construct, manifest: ServiceManifest): Map<string, Queue> {
  const queues = new Map<string, Queue>();
  const create = (name: string, retentionDays: number, props: QueueProps = {}): Queue => {
    const queue = new Queue(scope, `Queue-${name}`, {
      retentionPeriod: Duration.days(retentionDays),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      ...props,
    });
    queues.set(name, queue);
    return queue;
  };
  for (const [name, spec] of Object.entries(manifest.queues))
    create(name, spec.retentionDays, {
      visibilityTimeout: Duration.seconds(spec.visibilitySeconds),
      deadLetterQueue: {
        queue: create(deadLetterOf(name), spec.retentionDays),
        maxReceiveCount: spec.maxReceives,
      },
    });
  const ruleDead = create(
    ruleDeadLetters,
    named(new Map(Object.entries(manifest.queues)), manifest.mail.eventQueue).retentionDays,
  );
  Validations.of(ruleDead).acknowledge({
    id: "AwsSolutions-SQS3",
    reason: "It is a dead-letter queue itself, of an EventBridge rule, which the check does not look at",
  });
  for (const [name, { triggers }] of Object.entries(manifest.functions))
    for (const trigger of triggers)
      if (trigger.kind === "mail")
        Validations.of(create(deadLetterOf(name), trigger.retentionDays)).acknowledge({
          id: "AwsSolutions-SQS3",
          reason: "It is a dead-letter queue itself, of a function, which the check does not look at",
        });
  return queues;
}

/**
 * One of several things by its name in the manifest.
 * @throws Error for a name that the manifest does not have.
 */
export function named<T>(things: Map<string, T>, name: string): T {
  const thing = things.get(name);
  if (!thing) throw new Error(`The manifest names ${name}, which is not there`);
  return thing;
}
