import { deadLetterOf, ruleDeadLetters, type ServiceManifest } from "../service.ts";
import { componentName, resourceName } from "./names.ts";
import { onlyByTls, policy } from "./policy.ts";

/** Queues by their name in the manifest. */
export type Queues = Map<string, sst.aws.Queue>;

/** The queues of the manifest, their dead-letter queues, and those of the event rule and of mail. */
export function createQueues({ queues: specs, mail, functions }: ServiceManifest): Queues {
  const queues: Queues = new Map();
  const create = (name: string, retentionDays: number, args: Omit<sst.aws.QueueArgs, "transform"> = {}) => {
    const queue = new sst.aws.Queue(componentName(name), {
      ...args,
      transform: {
        queue: { messageRetentionSeconds: retentionDays * 24 * 60 * 60, sqsManagedSseEnabled: true },
      },
    });
    queues.set(name, queue);
    return queue;
  };
  for (const [name, { visibilitySeconds, retentionDays, maxReceives }] of Object.entries(specs))
    create(name, retentionDays, {
      visibilityTimeout: `${visibilitySeconds} seconds`,
      dlq: { queue: create(deadLetterOf(name), retentionDays).arn, retry: maxReceives },
    });
  create(ruleDeadLetters, ofManifest(specs, mail.eventQueue).retentionDays);
  for (const [name, { triggers }] of Object.entries(functions))
    for (const trigger of triggers)
      if (trigger.kind === "mail") create(deadLetterOf(name), trigger.retentionDays);
  return queues;
}

/** Who may send to the queues: by TLS alone, and of AWS's services the event rule alone, to its two queues. */
export function guardQueues(queues: Queues, { mail }: ServiceManifest, rule: aws.cloudwatch.EventRule): void {
  for (const [name, { arn, url }] of queues) {
    const forRule = name === mail.eventQueue || name === ruleDeadLetters;
    new aws.sqs.QueuePolicy(resourceName(name), {
      queueUrl: url,
      policy: policy([
        onlyByTls("sqs:*", arn),
        ...(forRule
          ? [
              {
                Effect: "Allow" as const,
                Action: "sqs:SendMessage",
                Resource: arn,
                Principal: { Service: "events.amazonaws.com" },
                Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
              },
            ]
          : []),
      ]),
    });
  }
}

/**
 * One of the queues.
 * @throws Error for a name that the manifest does not have.
 */
export function queueNamed(queues: Queues, name: string): sst.aws.Queue {
  return ofManifest(Object.fromEntries(queues), name);
}

function ofManifest<T>(things: Record<string, T>, name: string): T {
  const thing = things[name];
  if (thing === undefined) throw new Error(`The manifest names the queue ${name}, which is not in it`);
  return thing;
}
