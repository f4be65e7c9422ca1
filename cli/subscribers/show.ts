import type { Command } from "commander";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { findPerson } from "./find-person.ts";
import type { Person } from "./subscriber-words.ts";

const examples = `
Examples:
  stepletter subscribers show ada@example.com
  stepletter subscribers show sub_0123 --json

What they got, what comes next and why: stepletter explain`;

/** `stepletter subscribers show` */
export function addSubscribersShow(subscribers: Command): void {
  subscribers
    .command("show")
    .alias("find")
    .description("Shows one subscriber")
    .argument("<who>", "their address or their id")
    .addHelpText("after", examples)
    .action(async (who: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const person = await findPerson(connectionOf(options), who);
      print(options.json, person, wordsOn(person).join("\n"));
    });
}

function wordsOn(person: Person): string[] {
  const { id, address, name, zone, status, lists, tags = [], topics = [], suppressed } = person;
  const line = (label: string, value: string) => (value === "" ? [] : [`${label.padEnd(11)}${value}`]);
  const day = (instant: string) => instant.slice(0, 10);
  return [
    ...line("address", address),
    ...line("name", name),
    ...line("id", id),
    ...line(
      "status",
      suppressed ? `suppressed, ${suppressed.reason}, since ${day(suppressed.since)}` : status,
    ),
    ...Object.entries(lists).flatMap(([list, { state, since }]) =>
      line("list", `${list}, ${state} since ${day(since)}`),
    ),
    ...line("tags", tags.join(", ")),
    ...line("topics", topics.join(", ")),
    ...line("zone", zone),
    ...line("here since", day(person.createdAt)),
    ...line("confirmed", person.confirmedAt === undefined ? "" : day(person.confirmedAt)),
  ];
}
