import type { Command } from "commander";
import { callApi } from "../api-client.ts";
import { misuse } from "../failure.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { columnsOf } from "../wrap.ts";
import { feedPath, readEvery, topicOption } from "./feed-options.ts";
import { Feed, showFeed } from "./feed-words.ts";

const examples = `
Examples:
  stepletter feeds edit cms-newsroom --accept-move
  stepletter feeds edit cms-newsroom --address https://www.cms.gov/newsroom/feed --every 4h
  stepletter feeds remove cms-newsroom      # as in content/feeds.yaml again`;

const typedAs = { url: "--address", title: "--title", topic: "--topic", everyMinutes: "--every" };

interface Options extends SharedOptions {
  title?: string;
  address?: string;
  topic?: string;
  every?: number;
  acceptMove?: true;
}

/** `stepletter feeds edit` */
export function addFeedsEdit(feeds: Command): void {
  feeds
    .command("edit")
    .description("Changes a feed, one of content/feeds.yaml as well; no deployment is needed")
    .argument("<id>")
    .option("--title <name>", "the name of the source, as readers know it")
    .option("--address <url>", "https:// address of the feed")
    .addOption(topicOption())
    .option("--every <time>", "how often it is polled, such as 90m, 6h or 1d", readEvery)
    .option("--accept-move", "takes over the address to which its host redirects for good")
    .addHelpText("after", examples)
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const call = { method: "PATCH", path: feedPath(id), body: changeOf(options), typedAs } as const;
      const { body: feed } = await callApi(connectionOf(options), Feed, call);
      const shown = showFeed(feed, feed.lastPolledAt ?? "", columnsOf()).slice(0, 3);
      print(options.json, feed, [`The feed ${id} is changed:`, ...shown].join("\n"));
    });
}

function changeOf({ title, address, topic, every, acceptMove }: Options): object {
  if (address !== undefined && acceptMove)
    throw misuse("Give --address, or accept the address that is proposed, not both.");
  const change = {
    ...(title !== undefined && { title }),
    ...(address !== undefined && { url: address }),
    ...(topic !== undefined && { topic }),
    ...(every !== undefined && { everyMinutes: every }),
    ...(acceptMove && { acceptMove }),
  };
  if (Object.keys(change).length > 0) return change;
  throw misuse("Change something: --title, --address, --topic, --every or --accept-move.");
}
