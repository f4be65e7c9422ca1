import { type Command, InvalidArgumentError } from "commander";
import * as z from "zod";
import { callApi } from "../api-client.ts";
import { topicOption } from "../feeds/feed-options.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { Item } from "./item-words.ts";

const examples = `
Examples:
  stepletter items add https://www.ahima.org/some-webinar --title "Webinar on the new codes" --source AHIMA \\
    --topic coding --ce-hours 1.5 --date 2027-03-12
  stepletter items add https://www.aapc.com/blog/some-post --title "Modifier 25, again" --source AAPC --topic coding`;

const typedAs = {
  ...{ link: "<link>", title: "--title", source: "--source", topic: "--topic" },
  ...{ summary: "--summary", ceHours: "--ce-hours", date: "--date" },
};

const Added = z.object({
  status: z.enum(["added", "changed", "known"]),
  item: Item.extend({ edition: z.string() }),
});

interface Options extends SharedOptions {
  title: string;
  source: string;
  topic: string;
  summary?: string;
  ceHours?: number;
  date?: string;
}

/** `stepletter items add` */
export function addItemsAdd(items: Command): void {
  items
    .command("add")
    .description("Enters an item into the open edition; the same link again corrects it")
    .argument("<link>", "https:// address of its page")
    .requiredOption("--title <title>", "as readers will see it")
    .requiredOption("--source <name>", "who says so, such as AHIMA")
    .addOption(topicOption().makeOptionMandatory())
    .option("--summary <text>", "one or two sentences, at most 300 characters")
    .option("--ce-hours <hours>", "continuing education that it gives, in quarters of an hour", readHours)
    .option("--date <day>", "the day that it is of, as YYYY-MM-DD")
    .addHelpText("after", examples)
    .action(async (link: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { title, source, topic, summary, ceHours, date } = options;
      const body = {
        ...{ link, title, source, topic },
        ...(summary !== undefined && { summary }),
        ...(ceHours !== undefined && { ceHours }),
        ...(date !== undefined && { date }),
      };
      const call = { method: "POST", path: "/v1/items", body, typedAs } as const;
      const { body: added } = await callApi(connectionOf(options), Added, call);
      print(options.json, added, wordsOn(added));
    });
}

function wordsOn({ status, item: { title, edition, key } }: z.infer<typeof Added>): string {
  const words = {
    added: `“${title}” goes into edition ${edition}.\nTake it out again: stepletter items remove ${key}`,
    changed: `“${title}” is corrected where it stands, in edition ${edition}.`,
    known: `“${title}” stands in edition ${edition} already, just so.`,
  };
  return words[status];
}

function readHours(typed: string): number {
  if (/^\d{1,3}(\.\d{1,2})?$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError("Write hours in quarters, such as 1.5.");
}
