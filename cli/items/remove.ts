import type { Command } from "commander";
import * as z from "zod";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";

const Removed = z.object({ key: z.string(), status: z.literal("removed") });

/** `stepletter items remove` */
export function addItemsRemove(items: Command): void {
  items
    .command("remove")
    .description("Takes out what was entered by hand, while its edition is open")
    .argument("<key>", "as items list has it")
    .action(async (key: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const call = { method: "DELETE", path: `/v1/items/${encodeURIComponent(key)}` } as const;
      const { body } = await callApi(connectionOf(options), Removed, call);
      print(options.json, body, "The item is taken out.");
    });
}
