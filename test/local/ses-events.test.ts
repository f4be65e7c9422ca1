import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startLocalSes } from "../../local/ses/start-local-ses.ts";
import { sesEvents } from "../../local/ses-events.ts";
import { ensureQueues, startSqs } from "../../local/sqs.ts";
import { local, sqsClient } from "./clients.ts";

describe("SES events on their queue", () => {
  it("are emitted once their message is settled, and not before", async () => {
    const { events, receive } = await start();
    const emitted = vi.fn();
    const emitting = events.emit({ id: "1", detail: { eventType: "Send" } }).then(emitted);
    const message = await receive();
    expect(JSON.parse(message.Body ?? "")).toEqual({ id: "1", detail: { eventType: "Send" } });
    expect(emitted).not.toHaveBeenCalled();
    expect(events.underWay()).toBe(1);
    events.settle(message);
    await emitting;
    expect(emitted).toHaveBeenCalledOnce();
    expect(events.underWay()).toBe(0);
  });

  it("do not mind messages of others", async () => {
    const { events } = await start();
    expect(() => events.settle({ Body: "other" })).not.toThrow();
  });

  it("say that they come from where their queue is, or record-events would take them for another account's", async () => {
    const region = "eu-west-1";
    const sqs = await startSqs(region);
    const heard = Promise.withResolvers<{ account: string; region: string }>();
    const directory = await mkdtemp(join(tmpdir(), "stepletter-home-"));
    const ses = await startLocalSes({
      port: 0,
      dataDir: directory,
      now: () => new Date(),
      region,
      emit: async (event) => heard.resolve(event),
    });
    const queue = { visibilitySeconds: 60, retentionDays: 1, maxReceives: 5 };
    const queues = await ensureQueues(sqsClient(sqs.url), "test", { events: queue });
    const [, , , queueRegion, queueAccount] = (queues.get("events")?.arn ?? "").split(":");
    await new SESv2Client({ ...local, endpoint: ses.url }).send(
      new SendEmailCommand({
        FromEmailAddress: "us@example.org",
        Destination: { ToAddresses: ["ada@example.com"] },
        ConfigurationSetName: "set",
        Content: { Simple: { Subject: { Data: "a" }, Body: { Text: { Data: "b" } } } },
      }),
    );
    const { account, region: eventRegion } = await heard.promise;
    await ses.close();
    await sqs.close();
    await rm(directory, { recursive: true });
    expect([eventRegion, account]).toEqual([queueRegion, queueAccount]);
    expect(eventRegion).toBe(region);
  });

  it("are refused when the queue is", async () => {
    const { events, server } = await start();
    await server.close();
    await expect(events.emit({ id: "1" })).rejects.toThrow();
    expect(events.underWay()).toBe(0);
  });
});

async function start() {
  const server = await startSqs("us-east-1");
  onTestFinished(() => server.close().catch(() => {}));
  const client = sqsClient(server.url);
  const queue = { visibilitySeconds: 60, retentionDays: 1, maxReceives: 5 };
  const url = (await ensureQueues(client, "test", { events: queue })).get("events")?.url ?? "";
  return {
    server,
    events: sesEvents(client, url),
    receive: async (): Promise<Message> => {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 5 }),
      );
      return Messages[0] ?? {};
    },
  };
}
