import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type ServiceManifest, service } from "../../infra/service.ts";
import type { FunctionEnvironment } from "../open-environment.ts";
import { findEventRule } from "./find-event-rule.ts";

/** Where to look for queues. */
export interface QueuePlaces {
  clients: { sqs: SQSClient; events: EventBridgeClient };
  environment: FunctionEnvironment;
  local: boolean;
}

/** Where the queues of the manifest are; one that cannot be found is left out. */
export interface Queues {
  urls: Map<string, string>;
  /** ARN of the queue that takes what the event rule could not hand on. */
  ruleDead: string | undefined;
}

/** The functions know the queues that they send to; that of the events is known to its rule alone. */
export async function findQueues({ clients, environment, local }: QueuePlaces): Promise<Queues> {
  const urls = new Map(
    queueVariables(service).flatMap(([queue, variable]) => {
      const url = environment[variable];
      return url === undefined ? [] : [[queue, url] as const];
    }),
  );
  const { eventQueue } = service.mail;
  if (local) {
    const { QueueUrl } = await clients.sqs.send(
      new GetQueueUrlCommand({ QueueName: `${service.name}-${eventQueue}` }),
    );
    if (QueueUrl) urls.set(eventQueue, QueueUrl);
    return { urls, ruleDead: undefined };
  }
  const rule = await findEventRule(clients.events, environment.CONFIGURATION_SET ?? "");
  const target = rule?.targets.find(({ Arn = "" }) => Arn.includes(":sqs:"));
  const url = target?.Arn && (await urlOf(clients.sqs, target.Arn));
  if (url) urls.set(eventQueue, url);
  return { urls, ruleDead: target?.DeadLetterConfig?.Arn };
}

/** Where the queue of an ARN is. */
export async function urlOf(sqs: SQSClient, arn: string): Promise<string | undefined> {
  const [, , , , , name] = arn.split(":");
  return (await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
}

function queueVariables({ functions }: ServiceManifest): [queue: string, variable: string][] {
  const pairs = Object.values(functions).flatMap(({ environment }) => Object.entries(environment));
  return pairs.flatMap(([variable, value]): [string, string][] =>
    typeof value === "object" && value.of === "queueUrl" ? [[value.queue, variable]] : [],
  );
}
