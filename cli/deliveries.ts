import { type Command, InvalidArgumentError, Option } from "commander";
import { dynamoDeliveries } from "../adapters/dynamodb/deliveries.ts";
import { dynamoLedger } from "../adapters/dynamodb/ledger.ts";
import { Delivery, type DeliveryState } from "../core/delivery/delivery.ts";
import type { LedgerCost } from "../core/delivery/ledger-ports.ts";
import { type ListedDeliveries, listDeliveries } from "../core/delivery/list-deliveries.ts";
import { addDeliveriesResolve } from "./deliveries-resolve.ts";
import { showDelivery } from "./delivery-words.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { subscriberIdOf } from "./subscriber-argument.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { type Service, withService } from "./with-service.ts";
import { columnsOf } from "./wrap.ts";

interface Options extends SharedOptions, Where {
  state?: DeliveryState[];
  mailing?: string;
  subscriber?: string;
  limit: number;
}

/** `stepletter deliveries` */
export function addDeliveries(program: Command): void {
  const { options: states } = Delivery.shape.state;
  const deliveries = addWhereOptions(program.command("deliveries"))
    .description("Lists mails by what became of them; of everybody, it reads the whole table")
    .addOption(new Option("--state <state...>", "unknown and failed, if not given").choices([...states]))
    .option("--mailing <id>", "of one mailing alone")
    .option("--subscriber <id or address>", "of one person alone, in any state: a single query")
    .option("--limit <number>", "at most so many", readLimit, 100)
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const listed = await withService(options, (service) => list(service, options));
      print(options.json, listed, wordsOn(listed, options));
    });
  addDeliveriesResolve(deliveries);
}

/** What was found, and what it cost to look through the whole table. */
type Found = ListedDeliveries & { cost?: LedgerCost };

async function list(service: Service, options: Options): Promise<Found> {
  const { state, mailing, subscriber, limit } = options;
  const subscriberId = subscriber && (await subscriberIdOf(service, subscriber));
  const ledger = dynamoLedger(service.table);
  const progress = process.stderr.isTTY && !options.json;
  const whole = subscriberId || !progress ? undefined : await ledger.estimate();
  if (whole) console.error(`The table has ${whole.rows} rows: reading all costs ${unitsOf(whole)}.`);
  let spent: LedgerCost | undefined;
  const onCost = (cost: LedgerCost) => {
    spent = cost;
    if (progress) process.stderr.write(`\r${cost.rows} rows read, ${unitsOf(cost)}`);
  };
  const query = {
    states: state ?? (subscriberId ? [...Delivery.shape.state.options] : ["unknown", "failed"]),
    ...(mailing && { mailing }),
    ...(subscriberId && { subscriberId }),
    limit,
  };
  const listed = await listDeliveries(
    { deliveries: dynamoDeliveries(service.table), ledger, onCost },
    query as typeof query & { states: DeliveryState[] },
  );
  if (whole) process.stderr.write("\n");
  return { ...listed, ...(spent && { cost: spent }) };
}

/** On demand, in us-east-1. */
const dollarsPerUnit = 0.125 / 1_000_000;

function unitsOf({ readUnits }: LedgerCost): string {
  const dollars = readUnits * dollarsPerUnit;
  return `${readUnits} read units, ${dollars < 0.01 ? "less than a cent" : `about $${dollars.toFixed(2)}`}`;
}

function wordsOn({ deliveries, more, cost }: Found, { state, subscriber, limit }: Options): string {
  const columns = columnsOf();
  const count = deliveries.length;
  const kinds = state?.join(" or ") ?? (subscriber ? "such" : "unknown or failed");
  const read = cost ? [`Read ${cost.rows} rows: ${unitsOf(cost)}.`] : [];
  if (count === 0) return [`No ${kinds} deliveries.`, ...read].join("\n");
  const end = more
    ? `The first ${limit} found; there are more: give a higher --limit.`
    : `${count} ${count === 1 ? "delivery" : "deliveries"}.`;
  const unknown = deliveries.some((row) => row.state === "unknown");
  return [
    ...deliveries.flatMap((row) => showDelivery(row, columns)),
    "",
    end,
    ...read,
    ...(unknown
      ? [
          "Decide on an unknown one:",
          "  stepletter deliveries resolve SUBSCRIBER MAILING --as sent|failed|again",
        ]
      : []),
  ].join("\n");
}

function readLimit(typed: string): number {
  const limit = Number(typed);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new InvalidArgumentError("A whole number from 1 on.");
}
