import { DeleteMessageCommand } from "@aws-sdk/client-sqs";
import type { Command } from "commander";
import { Failure, misuse } from "../failure.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { withService } from "../with-service.ts";
import { deadQueueNames, withDeadQueue } from "./open-dead-queues.ts";
import { countMessages, takeMessages } from "./take-messages.ts";

interface Options extends SharedOptions, Where {
  id?: string;
  all?: boolean;
  yes?: boolean;
  loseEvents?: boolean;
}

/** `stepletter dead-letters discard` */
export function addDiscard(deadLetters: Command): void {
  addWhereOptions(deadLetters.command("discard"))
    .description("Deletes dead letters; the rows that packets and feeds have go on without them")
    .argument("<queue>", deadQueueNames.join(", "))
    .option("--id <message>", "one message alone")
    .option("--all", "all that lie there now")
    .option("--yes", "really")
    .option(
      "--lose-events",
      "events and mails, too: a bounce that is deleted never suppresses anybody, a mail never unsubscribes",
    )
    .action(async (name: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if ((options.id === undefined) === !options.all) throw misuse("Say which: --id MESSAGE, or --all.");
      const discarded = await withService(options, (service) =>
        withDeadQueue(service, name, async (sqs, dead) => {
          if (dead.irreplaceable && !options.loseEvents)
            throw new Failure(
              "dead-letters.irreplaceable",
              `What lies there is nowhere else, such as a bounce, a complaint or a wish to leave: stepletter dead-letters redrive ${name}. To lose it all the same, add --lose-events.`,
            );
          if (!options.yes) throw misuse("This cannot be undone: add --yes.");
          let count = 0;
          await takeMessages(sqs, dead.url, await countMessages(sqs, dead.url), async (message) => {
            const { MessageId, ReceiptHandle } = message;
            if (!options.all && MessageId !== options.id) return "left";
            await sqs.send(new DeleteMessageCommand({ QueueUrl: dead.url, ReceiptHandle }));
            count++;
            return options.all ? "done" : "enough";
          });
          return count;
        }),
      );
      if (options.id !== undefined && discarded === 0)
        throw new Failure(
          "dead-letter.missing",
          `No message ${options.id} lies there, or somebody has it in hand.`,
        );
      print(options.json, { discarded }, `Deleted ${discarded}.`);
    });
}
