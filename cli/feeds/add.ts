import type { Command } from "commander";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { readEvery, topicOption } from "./feed-options.ts";
import { everyWords, Feed } from "./feed-words.ts";

const examples = `
Examples:
  stepletter feeds test https://www.example.org/feed.xml
  stepletter feeds add example-org https://www.example.org/feed.xml --title "Example.org" --topic coding
  stepletter feeds add slow-news https://news.example/rss --title "Slow News" --topic careers --every 1d`;

const typedAs = { id: "<id>", url: "<address>", title: "--title", topic: "--topic", everyMinutes: "--every" };

interface Options extends SharedOptions {
  title: string;
  topic: string;
  every?: number;
}

/** `stepletter feeds add` */
export function addFeedsAdd(feeds: Command): void {
  feeds
    .command("add")
    .description("Adds a feed; it is polled within a quarter of an hour, and its backlog is no news")
    .argument("<id>", "small letters and digits with single dashes; it never changes")
    .argument("<address>", "https:// address of the feed; try it with feeds test first")
    .requiredOption("--title <name>", "the name of the source, as readers know it")
    .addOption(topicOption().makeOptionMandatory())
    .option("--every <time>", "how often it is polled, such as 90m, 6h or 1d; 6h unless told", readEvery)
    .addHelpText("after", examples)
    .action(async (id: string, url: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { title, topic, every } = options;
      const body = { id, url, title, topic, ...(every !== undefined && { everyMinutes: every }) };
      const call = { method: "POST", path: "/v1/feeds", body, typedAs } as const;
      const { status, body: feed } = await callApi(connectionOf(options), Feed, call);
      print(options.json, feed, wordsOn(feed, status === 201));
    });
}

function wordsOn({ id, title, everyMinutes }: Feed, isNew: boolean): string {
  return isNew
    ? `The feed ${id} (${title}) is added, and polled every ${everyWords(everyMinutes)}.\nSee how it fares: stepletter feeds list`
    : `The feed ${id} was there already, just so.`;
}
