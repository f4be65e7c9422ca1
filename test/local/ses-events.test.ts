import { type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { sesEvents } from "../../local/ses-events.ts";
import { ensureQueues, startSqs } from "../../local/sqs.ts";
import { sqsClient } from "./clients.ts";

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
