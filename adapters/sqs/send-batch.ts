import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { chunksOf } from "../../core/delivery/open-packets.ts";
import { AppError } from "../../core/errors.ts";

const messagesPerCall = 10;

/**
 * Puts messages on a queue.
 * @throws AppError `sqs.unavailable` if it did not take all of them.
 */
export async function sendBatches(client: SQSClient, queueUrl: string, messages: object[]): Promise<void> {
  for (const chunk of chunksOf(messages, messagesPerCall)) await sendBatch(client, queueUrl, chunk);
}

async function sendBatch(client: SQSClient, queueUrl: string, messages: object[]): Promise<void> {
  const answer = await client
    .send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message),
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
      `SQS refused ${answer.Failed.length} of ${messages.length} messages`,
    );
  }
}
