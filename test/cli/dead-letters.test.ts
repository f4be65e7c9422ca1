import { CreateQueueCommand, GetQueueUrlCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPacket } from "../../core/delivery/open-packets.ts";
import { signToken } from "../../core/token/token.ts";
import { writeEnvironment } from "../../local/environment-file.ts";
import { delivery, putDelivery } from "../helpers/ledger-rows.ts";
import { receivedMail } from "../helpers/received-mail.ts";
import { subscriber } from "../helpers/subscribers.ts";
import { type OperatorService, startOperatorService } from "./operator-service.ts";

const now = "2027-03-01T12:30:00.000Z";
let operator: OperatorService;
let sqs: SQSClient;
beforeAll(async () => {
  operator = await startOperatorService(now);
  const { environment, deps } = operator.service;
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_ENDPOINT_URL_SQS = "" } = environment;
  sqs = new SQSClient({
    region: "us-east-1",
    endpoint: AWS_ENDPOINT_URL_SQS,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  const mailing = { kind: "campaign", campaign: "spring" } as const;
  await deps.subscribers.create(subscriber());
  await deps.packets.create(newPacket("pkt_open", mailing, ["sub_1"], { plannedAt: now }, now));
  await putDelivery(operator.rows.table, delivery());
});
afterAll(async () => {
  sqs.destroy();
  await operator.stop();
});
const doorbell = (packetId: string) => JSON.stringify({ v: 1, packetId });
const feed = (feedId: string) => JSON.stringify({ v: 1, feedId });
const bounce = JSON.stringify({
  source: "aws.ses",
  detail: {
    eventType: "Bounce",
    mail: {
      destination: ["ada@example.com"],
      tags: { mailing: ["course_records_run-1_welcome"], subscriber: ["sub_1"] },
    },
  },
});

async function die(queue: string, ...bodies: string[]): Promise<void> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `stepletter-${queue}-dead` }));
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

interface Shown {
  queue: string;
  count: number;
  messages: { id: string; meaning: string; body?: string }[];
}
const dead = (...args: string[]) => operator.run("dead-letters", ...args);
async function lying(queue: string, ...args: string[]): Promise<Shown> {
  const [shown] = (await operator.json("dead-letters", queue, ...args)) as Shown[];
  if (!shown) throw new Error(`nothing told of ${queue}`);
  return shown;
}

describe("stepletter dead-letters", () => {
  it("tells what each message is about and how it stands with that by now, and leaves it there", async () => {
    await die("send-bulk", doorbell("pkt_open"), doorbell("pkt_gone"), "nonsense");
    await die("ses-events", bounce);
    const { code, stdout, stderr } = await dead();
    expect([code, stderr]).toEqual([0, ""]);
    const words = stdout.replaceAll(/\s+/g, " ");
    expect(words).toMatch(/send-now none send-bulk 3 /);
    expect(words).toContain("packet pkt_open of campaign_spring: open; dispatch rings for it anyway");
    expect(words).toContain("packet pkt_gone: no such row");
    expect(words).toContain("not one of our messages");
    expect(words).toContain("Bounce of course_records_run-1_welcome to sub_1: the delivery is unknown");
    expect(stdout).not.toContain("@");
    expect((await lying("ses-events", "--body")).messages.map(({ body }) => body)).toEqual([bounce]);
  });

  it("knows the queues of the manifest alone", async () => {
    expect(await dead("redrive", "none")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is no queue none: choose send-now"),
    });
  });
});

describe("stepletter dead-letters redrive", () => {
  it("puts all back into their queue", async () => {
    await die("send-now", doorbell("pkt_open"), doorbell("pkt_gone"));
    expect((await dead("redrive", "send-now")).stdout).toBe("Moved 2 back.\n");
    const back = await operator.service.messages("send-now");
    expect(back.sort()).toEqual([doorbell("pkt_gone"), doorbell("pkt_open")]);
    expect((await dead("redrive", "send-now")).stdout).toBe("No dead letters lie there.\n");
  });

  it("puts one back and leaves the others", async () => {
    await die("feeds", feed("a"), feed("b"));
    const { messages } = await lying("feeds");
    const chosen = messages.find(({ meaning }) => meaning.includes("feed b: never polled"));
    expect((await dead("redrive", "feeds", "--id", chosen?.id ?? "")).stdout).toBe("Moved 1 back.\n");
    expect(await operator.service.messages("feeds")).toEqual([feed("b")]);
    const missing = await dead("redrive", "feeds", "--id", chosen?.id ?? "");
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("lies there") });
    expect((await lying("feeds")).messages.map(({ meaning }) => meaning)).toEqual([
      expect.stringContaining("feed a"),
    ]);
  });
});

describe("stepletter dead-letters discard", () => {
  it("deletes one, or all", async () => {
    await die("send-now", doorbell("pkt_a"), doorbell("pkt_b"), doorbell("pkt_c"));
    const [first] = (await lying("send-now")).messages;
    expect((await dead("discard", "send-now", "--id", first?.id ?? "", "--yes")).stdout).toBe("Deleted 1.\n");
    expect((await dead("discard", "send-now", "--all", "--yes")).stdout).toBe("Deleted 2.\n");
    expect((await lying("send-now")).count).toBe(0);
  });

  it.each([
    ["without saying which", ["--yes"]],
    ["both one and all", ["--all", "--id", "x", "--yes"]],
    ["without being sure", ["--all"]],
  ])("deletes nothing %s", async (_, args) => {
    expect((await dead("discard", "send-bulk", ...args)).code).toBe(2);
  });

  it("does not lose an event unless that is said in so many words", async () => {
    const refused = await dead("discard", "ses-events", "--all", "--yes");
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("--lose-events") });
    const lost = await dead("discard", "ses-events", "--all", "--yes", "--lose-events");
    expect(lost.stdout).toBe("Deleted 1.\n");
  });
});

describe("stepletter dead-letters, of mails that ask to leave", () => {
  // On AWS the stack writes down where Lambda puts them; a service on this machine receives none.
  const name = "stepletter-receive-leave-dead";
  const given = (subject: string) =>
    JSON.stringify({
      version: "1.0",
      requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 3 },
      requestPayload: receivedMail({ subject }),
      responseContext: { statusCode: 200, functionError: "Unhandled" },
    });

  it("tells what they ask for, acts on them here and now, and loses none unasked", async () => {
    const { deps, environment } = operator.service;
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    writeEnvironment(operator.data, { ...environment, MAIL_DEAD_LETTERS_URL: QueueUrl });
    const token = signToken(await deps.keys.ring(), {
      purpose: "unsubscribe",
      subscriberId: "sub_1",
      list: "records",
    });
    await die("receive-leave", given(`unsubscribe ${token}`), given("Cheap watches"), "nonsense");
    const { stdout } = await dead("receive-leave");
    const words = stdout.replaceAll(/\s+/g, " ");
    expect(words).toContain("a mail by which sub_1 asks to leave records: still on it");
    expect(words).toContain("a mail that does not ask to leave anything");
    expect(words).toContain("not one of our messages");
    expect(stdout).not.toMatch(new RegExp(`@|${token}`));

    expect(await dead("discard", "receive-leave", "--all", "--yes")).toMatchObject({ code: 1 });
    expect((await dead("redrive", "receive-leave")).stdout).toBe("Acted on 2.\n");
    expect((await deps.subscribers.load("sub_1"))?.lists.records?.state).toBe("left");
    expect((await lying("receive-leave")).messages.map(({ meaning }) => meaning)).toEqual([
      expect.stringContaining("not one of our messages"),
    ]);
  });

  it("keeps those whose token no key of the ring has made, and says how many", async () => {
    const forged = "unsubscribe k9.sub_1.digest..AAAAAAAAAAAAAAAAAAAAAA";
    await die("receive-leave", given(forged), given("Cheap watches"));
    expect(await operator.json("dead-letters", "redrive", "receive-leave")).toEqual({
      status: "acted",
      acted: 1,
      forged: 1,
    });
    const kept = (await lying("receive-leave")).messages.find(({ meaning }) => meaning.includes("digest"));
    const { stdout } = await dead("redrive", "receive-leave", "--id", kept?.id ?? "");
    expect(stdout).toMatch(/^Acted on 0\.\n1 lies there still: no key of this stage has made its token\./);
    expect(stdout).toContain(
      "stepletter dead-letters discard receive-leave --id MESSAGE --yes --lose-events",
    );
  });
});
