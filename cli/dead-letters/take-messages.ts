import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** For so long nobody else sees a message that is in hand; what is left alone is put back at once. */
const hiddenSeconds = 60;
/** SQS answers a receive from some of its machines only: one empty answer is no proof. */
const emptyAnswers = 2;

/** How many messages lie in a queue, roughly. */
export async function countMessages(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const AttributeNames = ["ApproximateNumberOfMessages" as const];
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Number(Attributes.ApproximateNumberOfMessages ?? 0);
}

/**
 * Takes messages one by one, each once, until `work` has what it wants or there are no more. What `work` did not
 * deal with is visible again afterwards, whatever happens.
 */
export async function takeMessages(
  sqs: SQSClient,
  QueueUrl: string,
  atMost: number,
  work: (message: Message) => Promise<"done" | "left" | "enough">,
): Promise<void> {
  const left = new Map<string, Message>();
  const seen = new Set<string>();
  try {
    for (let empty = 0; empty < emptyAnswers && seen.size < atMost; ) {
      const messages = await receive(sqs, QueueUrl, atMost - seen.size);
      empty = messages.some(({ MessageId = "" }) => !seen.has(MessageId)) ? 0 : empty + 1;
      for (const message of messages) left.set(message.MessageId ?? "", message);
      for (const message of messages) {
        const id = message.MessageId ?? "";
        if (seen.has(id)) continue;
        seen.add(id);
        const outcome = await work(message);
        if (outcome !== "left") left.delete(id);
        if (outcome === "enough") return;
      }
    }
  } finally {
    await Promise.allSettled([...left.values()].map((message) => putBack(sqs, QueueUrl, message)));
  }
}

async function receive(sqs: SQSClient, QueueUrl: string, wanted: number): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(wanted, 10),
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: 1,
      // The deprecated name is the only one that the local SQS knows.
      AttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
  );
  return Messages;
}

function putBack(sqs: SQSClient, QueueUrl: string, { ReceiptHandle }: Message) {
  return sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
}
