import type { Command } from "commander";
import { dynamoSubscribers } from "../adapters/dynamodb/subscribers.ts";
import { parseAddress } from "../core/subscriber/address.ts";
import { takeOffLists } from "../core/subscriber/take-off-lists.ts";
import { tokenInSubject } from "../core/subscriber/token-in-subject.ts";
import { checkToken } from "../core/token/check-token.ts";
import { Failure, misuse } from "./failure.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { subscriberIdOf } from "./subscriber-argument.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { withKeys } from "./with-keys.ts";
import { type Service, withService } from "./with-service.ts";

interface Options extends SharedOptions, Where {
  list?: string;
  all?: boolean;
}

/** `stepletter unsubscribe` */
export function addUnsubscribe(program: Command): void {
  addWhereOptions(program.command("unsubscribe"))
    .description("Takes somebody off a list who has asked by mail, or off all of them")
    .argument("<who...>", "the subject of their mail, the token in it, their address, or their id")
    .option("--list <name>", "this list alone: a course's name, digest, reminders, or that of a campaign")
    .option("--all", "all lists, also where a token names one; an address leaves all anyway")
    .action(async (who: string[], _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (options.all && options.list !== undefined) throw misuse("Say either --list NAME or --all.");
      const result = await withService(options, async (service) => {
        const { id, list } = await whoIsMeant(service, who.join(" "));
        const chosen = options.all ? undefined : (options.list ?? list);
        const subscribers = dynamoSubscribers(service.table);
        const outcome = await takeOffLists(
          { subscribers, clock: service.clock },
          { subscriberId: id, list: chosen },
        );
        if (outcome.status === "missing")
          throw new Failure("subscriber.missing", `There is no subscriber ${id}.`);
        return { id, left: outcome.lists, asked: chosen };
      });
      const { id, left, asked } = result;
      print(options.json, { id, left }, wordsOn(id, left, asked));
    });
}

/** The person, and the list that a token names. */
async function whoIsMeant(service: Service, typed: string): Promise<{ id: string; list?: string }> {
  // An address may have as many dots in it as a token.
  const token = parseAddress(typed) ? undefined : tokenInSubject(`unsubscribe ${typed}`);
  if (token === undefined) return { id: await subscriberIdOf(service, typed.trim()) };
  const check = await withKeys(service, (keys) =>
    checkToken(keys, "unsubscribe", token, service.clock.now()),
  );
  if (check.status !== "valid")
    throw new Failure(
      "token.forged",
      "No key of this stage has made this token. It may be cut short, or another stage's; name their address instead.",
    );
  return { id: check.subscriberId, list: check.list };
}

function wordsOn(id: string, left: string[], asked: string | undefined): string {
  if (left.length > 0) return `${id} has left ${left.join(", ")}.`;
  return asked === undefined
    ? `${id} is on no list: there is nothing to leave.`
    : `${id} is not on ${asked}: there is nothing to leave.`;
}
