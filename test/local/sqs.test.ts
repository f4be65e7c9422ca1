import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished } from "vitest";
import { service } from "../../infra/service.ts";
import { countMessages, queueMessages } from "../../local/queue-messages.ts";
import { ensureQueues, startSqs } from "../../local/sqs.ts";
import { sqsClient } from "./clients.ts";

describe("local SQS", () => {
  it("has every queue of the manifest with its dead-letter queue, once", async () => {
    const { client, server } = await start();
    const made = await ensureQueues(client, "stepletter", service.queues);
    expect(await ensureQueues(client, "stepletter", service.queues)).toEqual(made);
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
    expect(QueueUrls.sort()).toEqual([...made.values()].map(({ url }) => url).sort());
    expect(made.size).toBe(2 * Object.keys(service.queues).length);
    for (const url of QueueUrls) expect(url.startsWith(`${server.url}/`)).toBe(true);
  });

  it("gives queues the manifest's settings", async () => {
    const { client } = await start();
    const made = await ensureQueues(client, "stepletter", service.queues);
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: made.get("send-now")?.url, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({
      QueueArn: "arn:aws:sqs:eu-west-1:000000000000:stepletter-send-now",
      VisibilityTimeout: "360",
      MessageRetentionPeriod: String(14 * 86_400),
    });
    expect(JSON.parse(Attributes.RedrivePolicy ?? "")).toEqual({
      deadLetterTargetArn: made.get("send-now-dead")?.arn,
      maxReceiveCount: 5,
    });
  });

  it("moves a message that failed too often to the dead-letter queue", async () => {
    const { client } = await start();
    const queue = { visibilitySeconds: 1, retentionDays: 1, maxReceives: 1 };
    const made = await ensureQueues(client, "stepletter", { jobs: queue });
    await client.send(new SendMessageCommand({ QueueUrl: made.get("jobs")?.url, MessageBody: "job" }));
    await client.send(new ReceiveMessageCommand({ QueueUrl: made.get("jobs")?.url, WaitTimeSeconds: 1 }));
    const dead = await client.send(
      new ReceiveMessageCommand({ QueueUrl: made.get("jobs-dead")?.url, WaitTimeSeconds: 10 }),
    );
    expect(dead.Messages?.map(({ Body }) => Body)).toEqual(["job"]);
  });

  it("receives what is there at once, and counts what is left", async () => {
    const { client } = await start();
    const made = await ensureQueues(client, "stepletter", service.queues);
    const url = made.get("ses-events")?.url ?? "";
    const messages = queueMessages(client, url, new AbortController().signal);
    expect(await messages.takeVisible(10)).toEqual([]);
    for (const body of ["a", "b", "c"]) {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
    }
    const two = await messages.receive(2);
    expect(await countMessages(client, url)).toEqual({ visible: 1, hidden: 2, delayed: 0 });
    const third = await messages.receive(10);
    expect([...two, ...third].map(({ Body }) => Body)).toEqual(["a", "b", "c"]);
    await messages.remove([...two, ...third]);
    expect(await countMessages(client, url)).toEqual({ visible: 0, hidden: 0, delayed: 0 });
  });

  it("leaves a queue as it is that has other settings", async () => {
    const { client } = await start();
    const queue = { visibilitySeconds: 60, retentionDays: 1, maxReceives: 5 };
    const made = await ensureQueues(client, "test", { jobs: queue });
    expect(await ensureQueues(client, "test", { jobs: { ...queue, visibilitySeconds: 30 } })).toEqual(made);
  });
});

async function start() {
  const server = await startSqs("eu-west-1");
  onTestFinished(() => server.close());
  return { server, client: sqsClient(server.url) };
}
