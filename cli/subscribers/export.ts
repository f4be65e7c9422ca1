import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Command } from "commander";
import { itemsOf } from "../api-pages.ts";
import { writeRecord } from "../csv/write-record.ts";
import { Failure } from "../failure.ts";
import { print } from "../print.ts";
import { startProgress } from "../progress-bar.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { addFilterOptions, type Filter, joinedLists, Person, queryOf } from "./subscriber-words.ts";

const examples = `
Examples:
  stepletter subscribers export -o people.csv
  stepletter subscribers export --list digest --status active -o digest.csv
  stepletter subscribers export --tag vip -o - | head

The file can be read by you alone, opened in Excel, and imported again.`;

interface Options extends SharedOptions, Filter {
  output: string;
}

const heads = [
  ...["Email", "Name", "Timezone", "Tags", "Topics", "Status"],
  ...["Lists", "Confirmed At", "Created At", "ID"],
];

/** `stepletter subscribers export` */
export function addSubscribersExport(subscribers: Command): void {
  addFilterOptions(subscribers.command("export"))
    .description("Writes subscribers into a table (CSV), all conditions together")
    .requiredOption("-o, --output <file>", "where to; - is the standard output")
    .addHelpText("after", examples)
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const list = { path: "/v1/subscribers", query: queryOf(options) };
      const people = itemsOf(connectionOf(options), Person, list);
      const { output } = options;
      if (output === "-") {
        await writeTable(process.stdout, people);
        return;
      }
      const count = await writeFile(output, people);
      const words = `${count.toLocaleString("en")} ${count === 1 ? "subscriber" : "subscribers"} in ${output}.`;
      print(options.json, { file: output, subscribers: count }, words);
    });
}

/** The whole table or none: what was begun stands beside it, and goes away. */
async function writeFile(file: string, people: AsyncIterable<Person>): Promise<number> {
  const begun = `${file}.part`;
  // A file that lay there would keep the rights that it had.
  await rm(begun, { force: true });
  const stream = createWriteStream(begun, { mode: 0o600 });
  const done = finished(stream);
  done.catch(() => {});
  try {
    const count = await writeTable(stream, people);
    stream.end();
    await done;
    await rename(begun, file);
    return count;
  } catch (error) {
    stream.destroy();
    await rm(begun, { force: true });
    if (error instanceof Failure || !(error instanceof Error && "code" in error)) throw error;
    throw new Failure("file.unwritable", `${file} cannot be written (${String(error.code)}).`, {
      cause: error,
    });
  }
}

async function writeTable(stream: Writable, people: AsyncIterable<Person>): Promise<number> {
  const bar = startProgress(process.stderr, { from: 0, noun: "subscribers" });
  let count = 0;
  try {
    await write(stream, writeRecord(heads));
    for await (const person of people) {
      // Who is being erased has no address any more.
      if (person.address === "") continue;
      await write(stream, writeRecord(cellsOf(person)));
      bar.update(++count);
    }
    return count;
  } finally {
    bar.end();
  }
}

async function write(stream: Writable, text: string): Promise<void> {
  if (stream.errored) throw stream.errored;
  if (!stream.write(text)) await once(stream, "drain");
}

function cellsOf(person: Person): string[] {
  const { address, name, zone, tags = [], topics = [], status, confirmedAt = "", createdAt, id } = person;
  return [
    ...[address, name, zone, tags.join(", "), topics.join(", "), status],
    ...[joinedLists(person).join(", "), confirmedAt, createdAt, id],
  ];
}
