import { type Message, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** The rule that puts SES's events on a queue. */
export interface SesEvents {
  /** Enqueues an event, and resolves once its message was handled or went to the dead-letter queue. */
  emit(event: object): Promise<void>;
  settle(message: Message): void;
  /** Events that are neither. */
  underWay(): number;
}

/**
 * The queue is in memory and a killed process loses it, so the local SES has to hold an event until it has been
 * handled. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html: the message is the event.
 */
export function sesEvents(client: SQSClient, queueUrl: string): SesEvents {
  const settled = new Map<string, () => void>();
  return {
    emit: async (event) => {
      const body = JSON.stringify(event);
      const { promise, resolve } = Promise.withResolvers<void>();
      settled.set(body, resolve);
      try {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
        await promise;
      } finally {
        settled.delete(body);
      }
    },
    settle: ({ Body = "" }) => settled.get(Body)?.(),
    underWay: () => settled.size,
  };
}
