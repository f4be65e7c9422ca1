import type { Command } from "commander";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { columnsOf } from "../wrap.ts";
import { Edition, showEdition } from "./item-words.ts";

/** `stepletter items list` */
export function addItemsList(items: Command): void {
  items
    .command("list")
    .description("Lists the items of an edition, those seen last first")
    .option("--edition <week>", "the week that it is sent in, such as 2027-W10; without it the open one")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & { edition?: string }>();
      const query = options.edition === undefined ? "" : `?edition=${encodeURIComponent(options.edition)}`;
      const call = { method: "GET", path: `/v1/items${query}`, typedAs: { edition: "--edition" } } as const;
      const { body } = await callApi(connectionOf(options), Edition, call);
      print(options.json, body, showEdition(body, columnsOf()));
    });
}
