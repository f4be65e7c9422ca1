import type { Command } from "commander";
import * as z from "zod";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { feedPath } from "./feed-options.ts";

const Removed = z.object({ id: z.string(), status: z.enum(["removed", "restored"]) });

/** `stepletter feeds remove` */
export function addFeedsRemove(feeds: Command): void {
  feeds
    .command("remove")
    .description("Removes a feed that was added, or what was changed of one in content/feeds.yaml")
    .argument("<id>")
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const call = { method: "DELETE", path: feedPath(id) } as const;
      const { body } = await callApi(connectionOf(options), Removed, call);
      const words =
        body.status === "removed"
          ? `The feed ${id} is removed; what it has brought stays in its editions.`
          : `The feed ${id} is as it stands in content/feeds.yaml again.`;
      print(options.json, body, words);
    });
}
