import { setTimeout as sleep } from "node:timers/promises";
import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import { failedMessages } from "./batch-result.ts";
import type { Invoke } from "./invoke.ts";
import { mischief } from "./mischief.ts";
import { queueMessages } from "./queue-messages.ts";
import type { QueueAddress } from "./sqs.ts";
import { toSqsEvent } from "./sqs-event.ts";

export interface PollerOptions {
  client: SQSClient;
  queue: QueueAddress;
  batchSize: number;
  maxConcurrency: number;
  maxReceives: number;
  visibilitySeconds: number;
  invoke: Invoke;
  /** Share of the messages that are delivered twice, and of those that others overtake. */
  duplicates: number;
  seed: string;
  /** A message was handled and deleted, or failed for the last time before the dead-letter queue. */
  onSettled?: (message: Message, outcome: "handled" | "dead") => void;
  report: (error: unknown) => void;
}

export interface Poller {
  /** Messages being handled, or held back to be delivered out of order. */
  inHand(): number;
  /** Messages that failed and are hidden until their visibility time-out is over. */
  resting(): number;
  /** Receives no more, and waits for what is being handled. */
  close(): Promise<void>;
}

interface Received {
  message: Message;
  id: string;
  hiddenUntil: number;
  deleted: boolean;
}

/** Lambda's event source mapping: feeds a queue to a function. */
export function startPoller(options: PollerOptions): Poller {
  const { queue, batchSize, report } = options;
  const closing = new AbortController();
  const messages = queueMessages(options.client, queue.url, closing.signal);
  const tricks = mischief<Received>(options.duplicates, options.seed);
  const resting = new Map<string, Received>();
  let handling = 0;

  async function work(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        const found = await (tricks.held() > 0
          ? messages.takeVisible(batchSize)
          : messages.receive(batchSize));
        const batch = tricks.arrange(found.map(unpack), batchSize);
        if (batch.length > 0) await handle(batch);
      } catch (error) {
        if (closing.signal.aborted) return;
        report(error);
        await sleep(1000, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  }

  function unpack(message: Message): Received {
    const id = message.MessageId ?? "";
    resting.delete(id);
    // A second early: whoever asks rather takes a message for visible that is about to be.
    const hiddenUntil = Date.now() + (options.visibilitySeconds - 1) * 1000;
    return { message, id, hiddenUntil, deleted: false };
  }

  async function handle(batch: Received[]): Promise<void> {
    handling += batch.length;
    try {
      const failed = await invokeWith(batch);
      for (const received of batch) if (failed.has(received.id)) rest(received);
      await remove(batch.filter(({ id }) => !failed.has(id)));
    } finally {
      handling -= batch.length;
    }
  }

  async function invokeWith(batch: Received[]): Promise<Set<string>> {
    const ids = batch.map(({ id }) => id);
    try {
      const event = toSqsEvent(
        batch.map(({ message }) => message),
        queue.arn,
      );
      return failedMessages(await options.invoke(event), ids);
    } catch (error) {
      report(error);
      return new Set(ids);
    }
  }

  function rest(received: Received): void {
    // A second delivery of a message may fail after the first one has succeeded: nothing comes back then.
    if (received.deleted) return;
    resting.set(received.id, received);
    if (Number(received.message.Attributes?.ApproximateReceiveCount) >= options.maxReceives) {
      options.onSettled?.(received.message, "dead");
    }
  }

  async function remove(handled: Received[]): Promise<void> {
    if (handled.length > 0) await messages.remove(handled.map(({ message }) => message));
    for (const received of handled) {
      received.deleted = true;
      resting.delete(received.id);
      options.onSettled?.(received.message, "handled");
    }
  }

  const workers = Array.from({ length: options.maxConcurrency }, work);
  return {
    inHand: () => handling + tricks.held(),
    resting: () => {
      for (const [id, { hiddenUntil }] of resting) if (hiddenUntil <= Date.now()) resting.delete(id);
      return resting.size;
    },
    close: async () => {
      closing.abort();
      await Promise.all(workers);
    },
  };
}
