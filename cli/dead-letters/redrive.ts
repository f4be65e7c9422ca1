import {
  DeleteMessageCommand,
  type Message,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import type { Command } from "commander";
import { Failure } from "../failure.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { withService } from "../with-service.ts";
import { actOnMails } from "./act-on-mails.ts";
import { type DeadQueue, deadQueueNames, withDeadQueue } from "./open-dead-queues.ts";
import { countMessages, takeMessages } from "./take-messages.ts";

/** What came of it: SQS moves them by itself from now on, or so many were moved, or done on the spot. */
type Redriven =
  | { status: "started"; about: number }
  | { status: "moved"; moved: number }
  | { status: "acted"; acted: number; forged: number };

/** `stepletter dead-letters redrive` */
export function addRedrive(deadLetters: Command): void {
  addWhereOptions(deadLetters.command("redrive"))
    .description("Puts dead letters back into their queue; to handle one twice is harmless")
    .argument("<queue>", deadQueueNames.join(", "))
    .option("--id <message>", "one message alone")
    .action(async (name: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where & { id?: string }>();
      const redriven = await withService(options, (service) =>
        withDeadQueue(service, name, (sqs, dead) => {
          if (dead.origin === undefined) return actOnMails(service, sqs, dead, options.id);
          return dead.movable && !service.local && options.id === undefined
            ? startMoving(sqs, dead)
            : moveByHand(sqs, dead, options.id);
        }),
      );
      print(options.json, redriven, wordsOn(redriven, name));
    });
}

async function startMoving(sqs: SQSClient, dead: DeadQueue): Promise<Redriven> {
  const about = await countMessages(sqs, dead.url);
  if (about === 0) return { status: "moved", moved: 0 };
  try {
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    return { status: "started", about };
  } catch (error) {
    // An endpoint that stands in for AWS may not know it.
    if (!(error instanceof Error) || !/Unsupported|InvalidAction|Unknown/.test(error.name)) throw error;
    return moveByHand(sqs, dead, undefined);
  }
}

/** One by one, and sent before it is deleted: whatever fails in between, a message is there twice, never not at all. */
async function moveByHand(sqs: SQSClient, dead: DeadQueue, id: string | undefined): Promise<Redriven> {
  let moved = 0;
  // No more than lie there now: one that fails again meanwhile comes back as a new message.
  await takeMessages(sqs, dead.url, await countMessages(sqs, dead.url), async (message) => {
    if (id !== undefined && message.MessageId !== id) return "left";
    await moveOne(sqs, dead, message);
    moved++;
    return id === undefined ? "done" : "enough";
  });
  if (id !== undefined && moved === 0)
    throw new Failure("dead-letter.missing", `No message ${id} lies there, or somebody has it in hand.`);
  return { status: "moved", moved };
}

async function moveOne(sqs: SQSClient, dead: DeadQueue, message: Message): Promise<void> {
  const { Body, ReceiptHandle, MessageAttributes } = message;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: dead.origin,
      MessageBody: Body,
      // Those of the event rule tell why it failed there, which is of no use to the queue.
      ...(dead.movable && MessageAttributes && { MessageAttributes }),
    }),
  );
  await sqs.send(new DeleteMessageCommand({ QueueUrl: dead.url, ReceiptHandle }));
}

function wordsOn(redriven: Redriven, queue: string): string {
  if (redriven.status === "acted") return wordsOnMails(redriven, queue);
  if (redriven.status === "started")
    return `SQS moves about ${redriven.about} messages back to ${queue} from now on. See what is left: stepletter dead-letters ${queue}`;
  return redriven.moved === 0 ? "No dead letters lie there." : `Moved ${redriven.moved} back.`;
}

function wordsOnMails({ acted, forged }: { acted: number; forged: number }, queue: string): string {
  if (forged === 0) return acted === 0 ? "No mail lies there that asks to leave." : `Acted on ${acted}.`;
  return [
    `Acted on ${acted}.`,
    forged === 1
      ? "1 lies there still: no key of this stage has made its token."
      : `${forged} lie there still: no key of this stage has made their tokens.`,
    "Put the key back that has, or take the readers off by their addresses. To delete one after that:",
    `  stepletter dead-letters discard ${queue} --id MESSAGE --yes --lose-events`,
  ].join("\n");
}
