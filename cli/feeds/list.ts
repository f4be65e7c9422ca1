import type { Command } from "commander";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { columnsOf } from "../wrap.ts";
import { FeedsAnswer, showFeeds } from "./feed-words.ts";

/** `stepletter feeds list` */
export function addFeedsList(feeds: Command): void {
  feeds
    .command("list")
    .description(
      "Lists the feeds: how it stands with each, when it was polled and will be, and where it has moved",
    )
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const call = { method: "GET", path: "/v1/feeds" } as const;
      const { body } = await callApi(connectionOf(options), FeedsAnswer, call);
      print(options.json, body, showFeeds(body, columnsOf()));
    });
}
