import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { dynamoPackets } from "../../adapters/dynamodb/packets.ts";
import type { Mailing } from "../../core/delivery/mailing.ts";
import { newPacket } from "../../core/delivery/open-packets.ts";
import type { Clients } from "./clients.ts";
import { type Deployment, now } from "./deployment.ts";

/** Writes a packet and breaks its row, so that every receive of its message fails before a lease is taken. */
export async function damagePacket(
  { clients, environment }: Deployment,
  mailing: Mailing,
  subscriberId: string,
): Promise<string> {
  const id = "pkt_damaged";
  const table = { client: clients.table, name: environment.TABLE_NAME ?? "" };
  // Dispatch rings for it in a quarter of an hour, when all of this is over.
  await dynamoPackets(table).create(newPacket(id, mailing, [subscriberId], { plannedAt: now() }, now()));
  await change(table, id, "REMOVE recipients");
  return id;
}

/** Mends the row. */
export async function repairPacket(
  { clients, environment }: Deployment,
  id: string,
  subscriberId: string,
): Promise<void> {
  const table = { client: clients.table, name: environment.TABLE_NAME ?? "" };
  await change(table, id, "SET recipients = :recipients", { ":recipients": [subscriberId] });
}

/** Rings for a packet as dispatch does. */
export async function ring({ sqs }: Clients, QueueUrl: string, packetId: string): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ v: 1, packetId }) }));
}

/** Sets how soon a failed message comes back, and answers what it was. */
export async function setVisibility({ sqs }: Clients, QueueUrl: string, seconds: number): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout"] }),
  );
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: String(seconds) } }),
  );
  return Number(Attributes?.VisibilityTimeout);
}

/** Messages that wait in the dead-letter queue of a queue; undefined if there are none. */
export async function deadLetters({ sqs }: Clients, QueueUrl: string): Promise<Message[] | undefined> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: await deadLetterUrl({ sqs }, QueueUrl),
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    }),
  );
  return Messages?.length ? Messages : undefined;
}

/** Puts a dead letter back on its queue; the emulator has no StartMessageMoveTask, which does the same. */
export async function moveBack({ sqs }: Clients, QueueUrl: string, message?: Message): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: message?.Body }));
  await sqs.send(
    new DeleteMessageCommand({
      QueueUrl: await deadLetterUrl({ sqs }, QueueUrl),
      ReceiptHandle: message?.ReceiptHandle,
    }),
  );
}

async function deadLetterUrl({ sqs }: Pick<Clients, "sqs">, QueueUrl: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["RedrivePolicy"] }),
  );
  const { deadLetterTargetArn } = JSON.parse(Attributes?.RedrivePolicy ?? "{}") as {
    deadLetterTargetArn: string;
  };
  const found = await sqs.send(new GetQueueUrlCommand({ QueueName: deadLetterTargetArn.split(":").at(-1) }));
  return found.QueueUrl ?? "";
}

async function change(
  table: { client: Clients["table"]; name: string },
  id: string,
  UpdateExpression: string,
  ExpressionAttributeValues?: Record<string, unknown>,
): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: `PACKET#${id}`, sk: "PACKET" },
      UpdateExpression,
      ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
    }),
  );
}
