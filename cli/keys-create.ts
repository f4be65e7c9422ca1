import { type Command, Option } from "commander";
import { systemClock } from "../adapters/clock.ts";
import { dynamoAdminKeys } from "../adapters/dynamodb/admin-keys.ts";
import { type CreateFirstKeyOutcome, createFirstKey } from "../core/admin/create-first-key.ts";
import { AppError } from "../core/errors.ts";
import { service } from "../infra/service.ts";
import { Failure, misuse } from "./failure.ts";
import { openTable } from "./open-table.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";

interface Options extends SharedOptions {
  first?: boolean;
  name: string;
  data?: string;
  table: string;
}

/** `stepletter keys create --first` */
export function addKeysCreate(keys: Command): void {
  keys
    .command("create")
    .description("Makes an admin key, and prints it once; only its hash is stored")
    .option("--first", "the first key, an owner's, written straight into the table")
    .option("--name <name>", "whose key it is", "owner")
    .option(
      "--data <directory>",
      "of the service that runs on this machine; without it, AWS as your environment says",
    )
    .addOption(new Option("--table <name>", "name of the table").env("TABLE_NAME").default(service.name))
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (!options.first) throw misuse("Only the first key can be made by now: add --first.");
      const key = await create(options);
      print(options.json, { key, role: "owner", name: options.name }, wordsOn(key));
    });
}

async function create(options: Options): Promise<string> {
  const table = openTable(options);
  try {
    const outcome = await createFirstKey(
      { adminKeys: dynamoAdminKeys(table), clock: systemClock },
      { name: options.name },
    );
    if (outcome.status === "created") return outcome.key;
    throw refused(outcome, table.name);
  } catch (error) {
    throw error instanceof AppError ? unreachable(options, table.name, error) : error;
  } finally {
    table.close();
  }
}

function refused(outcome: CreateFirstKeyOutcome & { status: "refused" }, table: string): Failure {
  return new Failure(
    "key.first-exists",
    `The first key was made on ${outcome.firstMadeAt.slice(0, 10)}: use that one. ` +
      `If it is lost, delete the row ADMIN#FIRST / KEY from the table ${table}, and run this again.`,
  );
}

function unreachable({ data }: Options, table: string, cause: AppError): Failure {
  return new Failure(
    "table.unreachable",
    data === undefined
      ? `The table ${table} cannot be reached. Check your AWS credentials, region and --table, or give --data for a service on this machine. (${cause.message})`
      : `The service in ${data} does not answer. Start it with npm start -- --data ${data}, and try again.`,
    { cause },
  );
}

function wordsOn(key: string): string {
  return `${key}\n\nThis is the only time it is shown. Keep it safe, and let commands use it:\n  export STEPLETTER_KEY=${key}`;
}
