import type { SQSClient } from "@aws-sdk/client-sqs";
import type { Command } from "commander";
import { toInstant } from "../../core/time/instant.ts";
import { shortInstant } from "../delivery-words.ts";
import { misuse } from "../failure.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { type Service, withService } from "../with-service.ts";
import { columnsOf, indented } from "../wrap.ts";
import { addDiscard } from "./discard.ts";
import { meaningOf } from "./message-meaning.ts";
import { type DeadQueue, deadQueueNames, withDeadQueues } from "./open-dead-queues.ts";
import { addRedrive } from "./redrive.ts";
import { countMessages, takeMessages } from "./take-messages.ts";

interface Options extends SharedOptions, Where {
  body?: boolean;
}

/** A queue's dead letters, as they are shown. */
interface Shown {
  queue: string;
  count: number;
  messages: { id: string; receives: number; since: string; meaning: string; body?: string }[];
}

/** Messages that are looked at, of each queue: to look at one hides it for a moment, and counts as a receive. */
const mostShown = 50;

/** `stepletter dead-letters` */
export function addDeadLetters(program: Command): void {
  const deadLetters = addWhereOptions(program.command("dead-letters"))
    .description("Shows messages that failed for good, and how it stands with what they are about")
    .argument("[queue]", deadQueueNames.join(", "))
    .option("--body", "shows the messages themselves; those of events have addresses in them")
    .action(async (name: string | undefined, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (name !== undefined && !deadQueueNames.includes(name))
        throw misuse(`There is no queue ${name}: choose ${deadQueueNames.join(", ")}.`);
      const names = name === undefined ? deadQueueNames : [name];
      const shown = await withService(options, (service) =>
        withDeadQueues(service, names, async (sqs, dead) => {
          const queues: Shown[] = [];
          for (const queue of dead) queues.push(await show(service, sqs, queue, options));
          return queues;
        }),
      );
      print(options.json, shown, wordsOn(shown, columnsOf()));
    });
  addRedrive(deadLetters);
  addDiscard(deadLetters);
}

async function show(
  { table }: Service,
  sqs: SQSClient,
  { name, url }: DeadQueue,
  { body: withBody }: Options,
): Promise<Shown> {
  const count = await countMessages(sqs, url);
  const messages: Shown["messages"] = [];
  await takeMessages(
    sqs,
    url,
    Math.min(count, mostShown),
    async ({ MessageId = "", Body = "", Attributes }) => {
      messages.push({
        id: MessageId,
        receives: Number(Attributes?.ApproximateReceiveCount ?? 0),
        since: toInstant(Number(Attributes?.SentTimestamp ?? 0)),
        meaning: await meaningOf(table, Body),
        ...(withBody && { body: Body }),
      });
      return "left";
    },
  );
  return {
    queue: name,
    count,
    messages: messages.toSorted((one, other) => one.since.localeCompare(other.since)),
  };
}

function wordsOn(shown: Shown[], columns: number): string {
  const width = Math.max(...shown.map(({ queue }) => queue.length));
  const lines = shown.flatMap(({ queue, count, messages }) => [
    `${queue.padEnd(width)}  ${count === 0 ? "none" : count}`,
    ...messages.flatMap(({ id, receives, since, meaning, body }) => [
      `  ${id}  since ${shortInstant(since)}, received ${receives} times`,
      ...indented(meaning, 4, columns),
      ...(body === undefined ? [] : [`    ${body}`]),
    ]),
    ...(count > messages.length && messages.length > 0 ? [`  … ${count - messages.length} more`] : []),
  ]);
  if (shown.every(({ count }) => count === 0)) return lines.join("\n");
  return [
    ...lines,
    "",
    "Back to their queue, once the cause is mended:",
    "  stepletter dead-letters redrive QUEUE",
  ].join("\n");
}
