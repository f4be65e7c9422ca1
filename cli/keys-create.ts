import type { Command } from "commander";
import { systemClock } from "../adapters/clock.ts";
import { dynamoAdminKeys } from "../adapters/dynamodb/admin-keys.ts";
import { type CreateFirstKeyOutcome, createFirstKey } from "../core/admin/create-first-key.ts";
import { Failure, misuse } from "./failure.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { withTable } from "./with-table.ts";

interface Options extends SharedOptions, Where {
  first?: boolean;
  name: string;
  table?: string;
}

/** `stepletter keys create --first` */
export function addKeysCreate(keys: Command): void {
  addWhereOptions(keys.command("create"))
    .description("Makes an admin key, and prints it once; only its hash is stored")
    .option("--first", "the first key, an owner's, written straight into the table")
    .option("--name <name>", "whose key it is", "owner")
    .option("--table <name>", "name of the table, instead of that of the stage")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (!options.first) throw misuse("Only the first key can be made by now: add --first.");
      const key = await create(options);
      print(options.json, { key, role: "owner", name: options.name }, wordsOn(key));
    });
}

function create(options: Options): Promise<string> {
  return withTable(options, async (table) => {
    const outcome = await createFirstKey(
      { adminKeys: dynamoAdminKeys(table), clock: systemClock },
      { name: options.name },
    );
    if (outcome.status === "created") return outcome.key;
    throw refused(outcome, table.name);
  });
}

function refused(outcome: CreateFirstKeyOutcome & { status: "refused" }, table: string): Failure {
  return new Failure(
    "key.first-exists",
    `The first key was made on ${outcome.firstMadeAt.slice(0, 10)}: use that one. ` +
      `If it is lost, delete the row ADMIN#FIRST / KEY from the table ${table}, and run this again.`,
  );
}

function wordsOn(key: string): string {
  return `${key}\n\nThis is the only time it is shown. Keep it safe, and let commands use it:\n  export STEPLETTER_KEY=${key}`;
}
