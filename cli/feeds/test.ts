import { type Command, InvalidArgumentError } from "commander";
import { systemClock } from "../../adapters/clock.ts";
import { httpFeedReader } from "../../adapters/feeds/read-feed.ts";
import type { Catalogue, FeedSource, Topic } from "../../core/catalogue.ts";
import { linkMark } from "../../core/feed/item-key.ts";
import { builtCatalogue } from "../built-catalogue.ts";
import { Failure, misuse } from "../failure.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { columnsOf } from "../wrap.ts";
import { examineFeed } from "./examine-feed.ts";
import { examinedWords } from "./examined-words.ts";
import { faultWords } from "./fault-words.ts";
import { topicOption } from "./feed-options.ts";

const examples = `
Examples:
  stepletter feeds test https://www.hipaajournal.com/feed/
  stepletter feeds test hipaa-journal --limit 200
  stepletter feeds test https://www.example.org/feed.xml --topic coding --json`;

interface Options extends SharedOptions {
  topic?: Topic;
  limit: number;
}

/** `stepletter feeds test` */
export function addFeedsTest(feeds: Command): void {
  feeds
    .command("test")
    .description(
      "Reads a feed from this machine as a poll would, and shows what would be stored; stores nothing",
    )
    .argument("<address>", "https:// address, or the id of a feed in content/feeds.yaml")
    .addOption(topicOption())
    .option("--limit <number>", "shows so many entries; counts all", readLimit, 20)
    .addHelpText("after", examples)
    .action(async (address: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const catalogue = await builtCatalogue();
      const source = sourceOf(catalogue, address, options.topic);
      const contact = catalogue.site.replyTo;
      const feedReader = httpFeedReader({ publicUrl: options.url, contact });
      const examined = await examineFeed({ feedReader, catalogue }, { source, now: systemClock.now() });
      const { url } = source;
      if (examined.status === "failed")
        throw new Failure(
          examined.code,
          `${url} cannot be read (${examined.code}): ${faultWords(examined.code)}.`,
        );
      const shown = { limit: options.limit, columns: columnsOf() };
      print(options.json, { url, ...examined }, examinedWords(url, examined, shown));
    });
}

/** A feed of the catalogue by id or address, or one that nobody knows yet. */
function sourceOf({ feeds }: Catalogue, address: string, topic: Topic | undefined): FeedSource {
  const url = URL.canParse(address) ? new URL(address).href : undefined;
  const known = feeds.find((feed) => feed.id === address || (url && linkMark(feed.url) === linkMark(url)));
  if (known) return { ...known, ...(url && { url }), ...(topic && { topic }) };
  if (!url?.startsWith("https://"))
    throw misuse(`${address} is neither an https:// address nor the id of a feed in content/feeds.yaml.`);
  return { id: "new-feed", title: "New feed", url, topic: topic ?? "coding", everyMinutes: 60 };
}

function readLimit(typed: string): number {
  if (/^[1-9]\d{0,2}$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError("Write a number from 1 to 999.");
}
