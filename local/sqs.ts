import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { createSqsServer } from "local-aws-sqs";
import { deadLetterOf, type QueueSpec } from "../infra/service.ts";
import { localAccount } from "./account.ts";
import type { LocalServer } from "./dynamodb.ts";
import { close, loopback } from "./loopback.ts";
import { type Guard, onlyWholeRequests } from "./whole-requests.ts";

/** SQS in memory: what a message rings for is a row, or an event that the local SES still holds. */
export async function startSqs(region: string, guard?: Guard): Promise<LocalServer> {
  const server = await createSqsServer({ port: 0, hostname: loopback, region, accountId: localAccount });
  if (guard) onlyWholeRequests(server, guard);
  const { port } = server.address() as { port: number };
  return { url: `http://${loopback}:${port}`, close: () => close(server) };
}

/** Where a queue is, and what it is called in events. */
export interface QueueAddress {
  url: string;
  arn: string;
}

/** Makes the queues of the manifest, and their dead-letter queues, where they do not exist; answers their addresses. */
export async function ensureQueues(
  client: SQSClient,
  prefix: string,
  queues: Record<string, QueueSpec>,
): Promise<Map<string, QueueAddress>> {
  const addresses = new Map<string, QueueAddress>();
  for (const [name, queue] of Object.entries(queues)) {
    const retention = { MessageRetentionPeriod: String(queue.retentionDays * 86_400) };
    const dead = await ensureQueue(client, `${prefix}-${deadLetterOf(name)}`, retention);
    const address = await ensureQueue(client, `${prefix}-${name}`, {
      ...retention,
      VisibilityTimeout: String(queue.visibilitySeconds),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: queue.maxReceives }),
    });
    addresses.set(name, address).set(deadLetterOf(name), dead);
  }
  return addresses;
}

async function ensureQueue(
  client: SQSClient,
  name: string,
  attributes: Record<string, string>,
): Promise<QueueAddress> {
  const url = (await existingQueue(client, name)) ?? (await createQueue(client, name, attributes));
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }),
  );
  return { url, arn: Attributes?.QueueArn ?? "" };
}

async function existingQueue(client: SQSClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}

async function createQueue(
  client: SQSClient,
  name: string,
  attributes: Record<string, string>,
): Promise<string> {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  if (!QueueUrl) throw new Error(`Queue ${name} was made without an address.`);
  return QueueUrl;
}
