import { type Command, Option } from "commander";
import { type Connection, readConnection } from "./api-client.ts";

/** Options that every command takes. */
export interface SharedOptions {
  url: string;
  key?: string;
  json?: boolean;
}

/** Adds them to the program. */
export function addSharedOptions(program: Command): void {
  program
    .addOption(
      new Option("--url <url>", "where the service is")
        .env("STEPLETTER_URL")
        .default("http://127.0.0.1:4000"),
    )
    .addOption(
      new Option(
        "--key <key>",
        "an admin key; better in the environment, where other users cannot see it",
      ).env("STEPLETTER_KEY"),
    )
    .option("--json", "answers in JSON, for programs");
}

/** Where to ask, and with which key. */
export function connectionOf({ url, key }: SharedOptions): Connection {
  return readConnection({ url, key });
}
