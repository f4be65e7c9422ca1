import { SQSClient } from "@aws-sdk/client-sqs";
import { type Command, Option } from "commander";
import { dynamoDeliveries } from "../adapters/dynamodb/deliveries.ts";
import { dynamoHandSettlements } from "../adapters/dynamodb/hand-settlements.ts";
import { dynamoPackets } from "../adapters/dynamodb/packets.ts";
import { randomIds } from "../adapters/ids.ts";
import { sqsDoorbells } from "../adapters/sqs/doorbells.ts";
import { type ResolveByHandOutcome, resolveByHand, type Verdict } from "../core/delivery/resolve-by-hand.ts";
import { watch } from "./aws-client.ts";
import { shortInstant } from "./delivery-words.ts";
import { Failure } from "./failure.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { subscriberIdOf } from "./subscriber-argument.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { type Service, withService } from "./with-service.ts";

/** `stepletter deliveries resolve` */
export function addDeliveriesResolve(deliveries: Command): void {
  addWhereOptions(deliveries.command("resolve"))
    .description("Decides on a mail of unknown outcome; refused once an event has told")
    .argument("<subscriber>", "id, or address")
    .argument("<mailing>", "its id, as stepletter deliveries shows it")
    .addOption(
      new Option("--as <verdict>", "it was sent; it failed; or it shall go again, if it was tried but once")
        .choices(["sent", "failed", "again"])
        .makeOptionMandatory(),
    )
    .action(async (subscriber: string, mailing: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where & { as: Verdict }>();
      const outcome = await withService(options, async (service) => {
        const subscriberId = await subscriberIdOf(service, subscriber);
        return resolve(service, { subscriberId, mailing, as: options.as });
      });
      print(options.json, outcome, wordsOn(outcome));
    });
}

async function resolve(
  { table, environment, settingsFor, clock }: Service,
  input: Parameters<typeof resolveByHand>[1],
): Promise<ResolveByHandOutcome> {
  const sqs = watch(new SQSClient(settingsFor("sqs")), "sqs");
  try {
    const doorbells = sqsDoorbells(sqs, {
      now: environment.SEND_NOW_QUEUE_URL ?? "",
      bulk: environment.SEND_BULK_QUEUE_URL ?? "",
    });
    return await resolveByHand(
      {
        deliveries: dynamoDeliveries(table),
        handSettlements: dynamoHandSettlements(table),
        packets: dynamoPackets(table),
        ids: randomIds,
        doorbells,
        clock,
      },
      input,
    );
  } finally {
    sqs.destroy();
  }
}

function wordsOn(outcome: ResolveByHandOutcome): string {
  const refused = (says: string) => new Failure(`delivery.${outcome.status}`, says);
  switch (outcome.status) {
    case "settled":
      return `Settled as ${outcome.state}, by hand.`;
    case "goes-again":
      return "Its second attempt is on its way: a packet with attempt 2. An event that comes first still stops it.";
    case "missing":
      throw refused("The ledger has no such delivery. See what there is: stepletter deliveries");
    case "not-unknown":
      throw refused(`It is ${outcome.state}: there is nothing to decide.`);
    case "too-early":
      throw refused(
        `Events have until ${shortInstant(outcome.until)} to tell what became of it. Try again then.`,
      );
    case "evidence":
      throw refused(`An event tells that SES accepted it (${outcome.events.join(", ")}): it was sent.`);
    case "tried-twice":
      throw refused(
        "It was tried twice already, and both times nobody knows: a third might be a third mail.",
      );
    case "changed-meanwhile":
      throw refused("It has changed while you decided. Look at it again: stepletter deliveries");
  }
}
