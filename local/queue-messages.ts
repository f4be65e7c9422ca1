import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** The receiving side of a queue. */
export interface QueueMessages {
  /** Up to `atMost` messages, waiting for a first one if need be. */
  receive(atMost: number): Promise<Message[]>;
  /** Up to `atMost` messages of those that are there. */
  takeVisible(atMost: number): Promise<Message[]>;
  remove(messages: Message[]): Promise<void>;
}

/**
 * Receives from a queue until the signal says stop. The emulator answers early only when it has all that was
 * asked for, so it is asked for what is known to be there, by one receiver at a time, or else for one message.
 */
export function queueMessages(client: SQSClient, queueUrl: string, signal: AbortSignal): QueueMessages {
  const take = async (atMost: number, waitSeconds: number): Promise<Message[]> => {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(atMost, 10),
      WaitTimeSeconds: waitSeconds,
      // The emulator knows only the deprecated name of the list that follows it.
      AttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    return (await client.send(command, { abortSignal: signal })).Messages ?? [];
  };
  const takeVisible = async (atMost: number): Promise<Message[]> => {
    const count = Math.min(atMost, (await countMessages(client, queueUrl)).visible);
    return count > 0 ? take(count, 0) : [];
  };
  const takeTurns = turns();

  return {
    takeVisible,
    receive: (atMost) =>
      takeTurns(async () => {
        const there = await takeVisible(atMost);
        if (there.length > 0) return there;
        const first = await take(1, 20);
        return first.length === 0 || atMost === 1 ? first : [...first, ...(await takeVisible(atMost - 1))];
      }),
    remove: async (messages) => {
      const Entries = messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      const { Failed = [] } = await client.send(
        new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }),
      );
      if (Failed.length > 0)
        throw new Error(`${Failed.length} handled messages were not deleted: ${Failed[0]?.Message}`);
    },
  };
}

/** How many messages of a queue are there to be received, and how many are not for now. */
export interface QueueCounts {
  visible: number;
  /** Received, and neither deleted nor back. */
  hidden: number;
  delayed: number;
}

/** Counts a queue. The emulator counts hidden messages as present too; AWS does not, and counts but roughly. */
export async function countMessages(client: SQSClient, queueUrl: string): Promise<QueueCounts> {
  const names = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
  ] as const;
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] });
  const { Attributes = {} } = await client.send(command);
  const [present = 0, hidden = 0, delayed = 0] = names.map((name) => Number(Attributes[name] ?? 0));
  return { visible: Math.max(0, present - hidden), hidden, delayed };
}

/** Runs one thing after the other. */
function turns(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const next = last.then(run, run);
    last = next;
    return next;
  };
}
