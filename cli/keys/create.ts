import { type Command, Option } from "commander";
import * as z from "zod";
import { systemClock } from "../../adapters/clock.ts";
import { dynamoAdminKeys } from "../../adapters/dynamodb/admin-keys.ts";
import { type CreateFirstKeyOutcome, createFirstKey } from "../../core/admin/create-first-key.ts";
import { type Role, roles } from "../../core/admin/scopes.ts";
import { callApi } from "../api-client.ts";
import { Failure, misuse } from "../failure.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { withTable } from "../with-table.ts";
import { ListedKey, newKeyWords } from "./key-words.ts";

interface Options extends SharedOptions, Where {
  first?: boolean;
  name?: string;
  role?: Role;
  scope?: string[];
  table?: string;
}

const Made = ListedKey.extend({ key: z.string() });

/** `stepletter keys create` */
export function addKeysCreate(keys: Command): void {
  addWhereOptions(keys.command("create"))
    .description("Makes an admin key, and prints it once; only its hash is stored")
    .option("--name <name>", "whose key it is")
    .addOption(new Option("--role <role>", "what it may do: everything, or look only").choices(roles))
    .option("--scope <scope...>", "what it may do instead, such as campaigns:write feeds:read")
    .option("--first", "the first key, an owner's, written straight into the table")
    .option("--table <name>", "of --first: name of the table, instead of that of the stage")
    .addHelpText(
      "after",
      `
Examples:
  stepletter keys create --first --data .stepletter
  stepletter keys create --name "Ben's laptop" --role viewer
  stepletter keys create --name CI --scope campaigns:read campaigns:write`,
    )
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (options.first) {
        const { name = "owner" } = options;
        const key = await createFirst(options, name);
        return print(options.json, { key, role: "owner", name }, newKeyWords(key));
      }
      const { name, role, scope } = options;
      if (name === undefined)
        throw misuse("Say whose key it is: add --name. The very first one is made with --first.");
      if ((role === undefined) === (scope === undefined))
        throw misuse("Say what it may do: add --role or --scope, one of the two.");
      const body = { name, ...(role && { role }), ...(scope && { scopes: scope }) };
      const typedAs = { name: "--name", role: "--role", scopes: "--scope" };
      const call = { method: "POST", path: "/v1/keys", body, typedAs } as const;
      const { body: made } = await callApi(connectionOf(options), Made, call);
      print(options.json, made, newKeyWords(made.key));
    });
}

function createFirst(options: Options, name: string): Promise<string> {
  return withTable(options, async (table) => {
    const outcome = await createFirstKey({ adminKeys: dynamoAdminKeys(table), clock: systemClock }, { name });
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
