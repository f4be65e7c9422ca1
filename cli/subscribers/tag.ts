import type { Command } from "commander";
import { callApi } from "../api-client.ts";
import { misuse } from "../failure.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { findPerson } from "./find-person.ts";
import { Person } from "./subscriber-words.ts";

const examples = `
Examples:
  stepletter subscribers tag ada@example.com --add vip
  stepletter subscribers tag sub_0123 --add spring-event --remove vip`;

interface Options extends SharedOptions {
  add?: string[];
  remove?: string[];
}

const several = (value: string, before: string[] = []) => [...before, value];

/** `stepletter subscribers tag` */
export function addSubscribersTag(subscribers: Command): void {
  subscribers
    .command("tag")
    .description("Tags a subscriber, or takes tags away: words to choose audiences by")
    .argument("<who>", "their address or their id")
    .option("--add <tag>", "may be repeated", several)
    .option("--remove <tag>", "may be repeated", several)
    .addHelpText("after", examples)
    .action(async (who: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { add = [], remove = [] } = options;
      if (add.length + remove.length === 0) throw misuse("Say which tag, with --add TAG or --remove TAG.");
      const connection = connectionOf(options);
      const { id, tags: before = [] } = await findPerson(connection, who);
      const tags = [...new Set([...before, ...add])].filter((tag) => !remove.includes(tag));
      const call = {
        method: "PATCH",
        path: `/v1/subscribers/${id}`,
        body: { tags },
        typedAs: { tags: "--add" },
      } as const;
      const { body } = await callApi(connection, Person, call);
      const now = body.tags ?? [];
      print(
        options.json,
        body,
        now.length === 0 ? `${id} has no tags.` : `${id} has the tags ${now.join(", ")}.`,
      );
    });
}
