import type { Command } from "commander";
import * as z from "zod";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { ListedKey, tableOf } from "./key-words.ts";

const Keys = z.object({ items: z.array(ListedKey) });

/** `stepletter keys list` */
export function addKeysList(keys: Command): void {
  keys
    .command("list")
    .description("Lists the admin keys: what each may do, who made it, and when; never a key itself")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const { body } = await callApi(connectionOf(options), Keys, { method: "GET", path: "/v1/keys" });
      print(options.json, body, tableOf(body.items));
    });
}
