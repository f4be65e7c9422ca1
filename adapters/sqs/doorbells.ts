import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { chunksOf } from "../../core/delivery/open-packets.ts";
import type { Doorbell, Lane } from "../../core/delivery/packet.ts";
import { AppError } from "../../core/errors.ts";
import type { Doorbells } from "../../core/ports.ts";

const messagesPerCall = 10;

/** Doorbells over SQS: one message per packet, in the queue of its lane. */
export function sqsDoorbells(client: SQSClient, queueUrls: Record<Lane, string>): Doorbells {
  return {
    async ring(packets) {
      for (const [lane, group] of Map.groupBy(packets, (packet) => packet.lane)) {
        for (const chunk of chunksOf(group, messagesPerCall)) {
          await sendBatch(
            client,
            queueUrls[lane],
            chunk.map((packet) => packet.id),
          );
        }
      }
    },
  };
}

async function sendBatch(client: SQSClient, queueUrl: string, packetIds: string[]): Promise<void> {
  const answer = await client
    .send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: packetIds.map((packetId, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ v: 1, packetId } satisfies Doorbell),
        })),
      }),
    )
    .catch((cause: unknown) => {
      throw new AppError("unavailable", "sqs.unavailable", "SQS did not take the messages", { cause });
    });
  if (answer.Failed?.length) {
    throw new AppError(
      "unavailable",
      "sqs.unavailable",
      `SQS refused ${answer.Failed.length} of ${packetIds.length} messages`,
    );
  }
}
