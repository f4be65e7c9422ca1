import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { QueueSpec } from "../../infra/service.ts";
import { FunctionTimeoutError, invoker } from "../../local/invoke.ts";
import { type PollerOptions, startPoller } from "../../local/poller.ts";
import { countMessages } from "../../local/queue-messages.ts";
import { ensureQueues, startSqs } from "../../local/sqs.ts";
import { sqsClient } from "./clients.ts";

describe("poller", () => {
  it("hands over a message with all that AWS says of it, and deletes it", async () => {
    const { queue, send, poll } = await start();
    const events: SQSEvent[] = [];
    const { settled } = poll(async (event) => {
      events.push(event);
    });
    await send("hello");
    await vi.waitFor(() => expect(settled).toEqual(["hello handled"]));
    expect(events[0]?.Records).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: "hello",
        attributes: {
          ApproximateReceiveCount: "1",
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {},
        md5OfBody: "5d41402abc4b2a76b9719d911017c592",
        eventSource: "aws:sqs",
        eventSourceARN: queue.arn,
        awsRegion: "us-east-1",
      },
    ]);
    expect(await countMessages(queue.client, queue.url)).toEqual({ visible: 0, hidden: 0, delayed: 0 });
  });

  it("makes batches no larger than it is told", async () => {
    const { send, poll } = await start();
    for (let i = 0; i < 25; i++) await send(String(i));
    const sizes: number[] = [];
    const { settled } = poll(
      async ({ Records }) => {
        sizes.push(Records.length);
      },
      { batchSize: 10, maxConcurrency: 1 },
    );
    await vi.waitFor(() => expect(settled).toHaveLength(25));
    expect(Math.max(...sizes)).toBe(10);
  });

  it("runs as many at once as it is told, and no more", async () => {
    const { send, poll } = await start();
    let running = 0;
    let most = 0;
    const gate = Promise.withResolvers<void>();
    const { settled } = poll(
      async () => {
        most = Math.max(most, ++running);
        if (running === 2) gate.resolve();
        await gate.promise;
        running--;
      },
      { maxConcurrency: 2 },
    );
    for (let i = 0; i < 8; i++) await send(String(i));
    await vi.waitFor(() => expect(settled).toHaveLength(8));
    expect(most).toBe(2);
  });

  it("deletes what succeeded, and what failed comes back and then goes to the dead-letter queue", async () => {
    const { send, poll, client, made } = await start({
      visibilitySeconds: 1,
      retentionDays: 1,
      maxReceives: 2,
    });
    for (const body of ["good", "bad", "well"]) await send(body);
    const seen: string[] = [];
    const { settled } = poll(
      async ({ Records }) => {
        seen.push(...Records.map(({ body, attributes }) => `${body} ${attributes.ApproximateReceiveCount}`));
        return {
          batchItemFailures: Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({
            itemIdentifier: messageId,
          })),
        };
      },
      { batchSize: 10, maxConcurrency: 1 },
    );
    await vi.waitFor(() => expect(settled).toHaveLength(3), { timeout: 10_000 });
    expect(settled.toSorted()).toEqual(["bad dead", "good handled", "well handled"]);
    expect(seen.toSorted()).toEqual(["bad 1", "bad 2", "good 1", "well 1"]);
    const dead = made.get("jobs-dead")?.url ?? "";
    await vi.waitFor(async () => expect((await countMessages(client, dead)).visible).toBe(1), {
      timeout: 10_000,
    });
  });

  it.each<[string, (event: SQSEvent) => Promise<unknown>]>([
    ["throws", () => Promise.reject(new Error("no"))],
    ["names an id that is not in the batch", async () => ({ batchItemFailures: [{ itemIdentifier: "x" }] })],
  ])("keeps the whole batch when the handler %s", async (_, handler) => {
    const { send, poll, queue } = await start();
    for (const body of ["a", "b", "c"]) await send(body);
    const { poller, settled } = poll(handler, { batchSize: 10, maxConcurrency: 1 });
    await vi.waitFor(() => expect(poller.resting()).toBe(3));
    expect(await countMessages(queue.client, queue.url)).toEqual({ visible: 0, hidden: 3, delayed: 0 });
    expect(settled).toEqual([]);
  });

  it("takes a function that hangs for a failure", async () => {
    const { send, poll } = await start();
    await send("a");
    const hangs = invoker("hangs", { timeoutSeconds: 0.05, memoryMb: 128 }, () => new Promise(() => {}));
    const { poller, reported } = poll(hangs);
    await vi.waitFor(() => expect(poller.resting()).toBe(1));
    expect(poller.inHand()).toBe(0);
    expect(reported[0]).toBeInstanceOf(FunctionTimeoutError);
  });

  it("delivers some twice if it is told to, and settles each", async () => {
    const { send, poll } = await start();
    const seen = new Map<string, number>();
    const { poller, settled } = poll(
      async ({ Records }) => {
        for (const { messageId } of Records) seen.set(messageId, (seen.get(messageId) ?? 0) + 1);
      },
      { duplicates: 0.5, maxConcurrency: 2 },
    );
    for (let i = 0; i < 20; i++) await send(String(i));
    await vi.waitFor(() => expect(new Set(settled).size).toBe(20));
    await vi.waitFor(() => expect(poller.inHand()).toBe(0));
    expect(Math.max(...seen.values())).toBe(2);
    expect(seen.size).toBe(20);
  });

  it("counts no message as resting whose second delivery fails after the first has succeeded", async () => {
    const { send, poll, queue } = await start();
    const seen = new Set<string>();
    const { poller, settled } = poll(
      async ({ Records }) => {
        for (const { messageId } of Records) {
          if (seen.has(messageId)) throw new Error("again");
          seen.add(messageId);
        }
      },
      { duplicates: 1, maxConcurrency: 1 },
    );
    await send("a");
    await vi.waitFor(() => expect(settled).toHaveLength(1));
    await vi.waitFor(() => expect(poller.inHand()).toBe(0));
    expect(poller.resting()).toBe(0);
    expect(await countMessages(queue.client, queue.url)).toEqual({ visible: 0, hidden: 0, delayed: 0 });
  });

  it("finishes what is in hand when it closes, and takes nothing new", async () => {
    const { send, poll, queue } = await start();
    const work = Promise.withResolvers<void>();
    const handler = vi.fn(() => work.promise);
    const { poller, settled } = poll(handler, { maxConcurrency: 1 });
    await send("first");
    await vi.waitFor(() => expect(handler).toHaveBeenCalled());
    const closed = poller.close();
    await send("second");
    work.resolve();
    await closed;
    expect(settled).toEqual(["first handled"]);
    expect((await countMessages(queue.client, queue.url)).visible).toBe(1);
  });
});

async function start(spec: QueueSpec = { visibilitySeconds: 60, retentionDays: 1, maxReceives: 5 }) {
  const server = await startSqs("us-east-1");
  onTestFinished(() => server.close());
  const client = sqsClient(server.url);
  const made = await ensureQueues(client, "test", { jobs: spec });
  const address = made.get("jobs") ?? { url: "", arn: "" };
  return {
    client,
    made,
    queue: { ...address, client },
    send: (body: string) => sendTo(client, address.url, body),
    poll: (invoke: (event: SQSEvent) => Promise<unknown>, options: Partial<PollerOptions> = {}) => {
      const settled: string[] = [];
      const reported: unknown[] = [];
      const poller = startPoller({
        client,
        queue: address,
        batchSize: 1,
        maxConcurrency: 2,
        maxReceives: spec.maxReceives,
        visibilitySeconds: spec.visibilitySeconds,
        invoke: (event) => invoke(event as SQSEvent),
        duplicates: 0,
        seed: "test",
        onSettled: ({ Body }, outcome) => settled.push(`${Body} ${outcome}`),
        report: (error) => reported.push(error),
        ...options,
      });
      onTestFinished(() => poller.close());
      return { poller, settled, reported };
    },
  };
}

async function sendTo(client: SQSClient, QueueUrl: string, MessageBody: string): Promise<void> {
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}
