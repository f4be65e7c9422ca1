import { writeFileSync } from "node:fs";
import { type Command, Option } from "commander";
import * as z from "zod";
import { digestRhythms } from "../../core/digest/digest-subscription.ts";
import { callApi } from "../api-client.ts";
import { Failure } from "../failure.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";

const examples = `
Examples:
  stepletter digest preview
  stepletter digest preview --topics coding,privacy --html digest.html
  stepletter digest preview --every month --json`;

const Preview = z.object({
  editions: z.array(z.string()).min(1),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  items: z.array(z.looseObject({ title: z.string(), url: z.string(), topic: z.string() })),
  beyond: z.number(),
});
type Preview = z.infer<typeof Preview>;

const typedAs = { topics: "--topics", every: "--every" };

interface PreviewOptions extends SharedOptions {
  topics?: string;
  every: string;
  html?: string;
}

/** `stepletter digest preview` */
export function addDigestPreview(digest: Command): void {
  digest
    .command("preview")
    .description("Shows the digest that is being collected, as it would go if it were cut now")
    .option("--topics <list>", "its topics, parted by commas; else all")
    .addOption(
      new Option("--every <rhythm>", "for who gets it so often").choices(digestRhythms).default("week"),
    )
    .option("--html <file>", "writes the mail there, to be looked at in a browser")
    .addHelpText("after", examples)
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<PreviewOptions>();
      const { topics, every } = options;
      const query = new URLSearchParams({ every, ...(topics !== undefined && { topics }) });
      const call = { method: "GET", path: `/v1/digest/preview?${query}`, typedAs } as const;
      const { body: preview } = await callApi(connectionOf(options), Preview, call);
      const hasNews = preview.items.length + preview.beyond > 0;
      if (options.html !== undefined && hasNews) save(options.html, preview.html);
      print(options.json, preview, wordsOf(preview, options.html));
    });
}

function wordsOf({ editions, subject, text, items, beyond }: Preview, file: string | undefined): string {
  const last = editions.at(-1);
  const held = editions.length === 1 ? `Edition ${last}` : `Editions ${editions[0]} to ${last}`;
  const more = beyond === 0 ? "" : `, ${beyond} more for the archive alone`;
  if (items.length + beyond === 0)
    return `${held}, still being collected: no items. Without news nobody gets a mail.`;
  return [
    `Subject: ${subject}`,
    `${held}, still being collected: ${items.length} ${items.length === 1 ? "item" : "items"}${more}.`,
    ...(file === undefined ? [] : [`The mail is in ${file}.`]),
    "",
    text.trimEnd(),
  ].join("\n");
}

function save(file: string, html: string): void {
  try {
    writeFileSync(file, html);
  } catch (cause) {
    throw new Failure("file.unwritable", `${file} cannot be written. Check the folder and its permissions.`, {
      cause,
    });
  }
}
