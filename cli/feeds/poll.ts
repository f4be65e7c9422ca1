import type { Command } from "commander";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { feedPath } from "./feed-options.ts";
import { Feed } from "./feed-words.ts";

/** `stepletter feeds poll` */
export function addFeedsPoll(feeds: Command): void {
  feeds
    .command("poll")
    .description("Has a feed polled now, and not when its time has come; every five minutes at most")
    .argument("<id>")
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const call = { method: "POST", path: `${feedPath(id)}/poll` } as const;
      const { body: feed } = await callApi(connectionOf(options), Feed, call);
      const words = `The feed ${id} is polled within a minute.\nSee how it went: stepletter feeds list`;
      print(options.json, feed, words);
    });
}
