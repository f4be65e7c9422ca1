import type { Command } from "commander";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { feedPath } from "./feed-options.ts";
import { Feed } from "./feed-words.ts";

/** `stepletter feeds off` and `stepletter feeds on` */
export function addFeedsSwitch(feeds: Command): void {
  addOne(feeds, true, "Polls a feed no more; what it has brought stays in its editions");
  addOne(feeds, false, "Polls a feed again; what it brought long ago is no news");
}

function addOne(feeds: Command, off: boolean, description: string): void {
  feeds
    .command(off ? "off" : "on")
    .description(description)
    .argument("<id>")
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const call = { method: "PATCH", path: feedPath(id), body: { off } } as const;
      const { body: feed } = await callApi(connectionOf(options), Feed, call);
      const words = off
        ? `The feed ${id} is off.\nSwitch it on again: stepletter feeds on ${id}`
        : `The feed ${id} is on, and polled within a quarter of an hour.`;
      print(options.json, feed, words);
    });
}
