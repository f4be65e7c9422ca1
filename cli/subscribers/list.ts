import Table from "cli-table3";
import { type Command, InvalidArgumentError } from "commander";
import { itemsOf } from "../api-pages.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { addFilterOptions, type Filter, joinedLists, Person, queryOf } from "./subscriber-words.ts";

const examples = `
Examples:
  stepletter subscribers list --list digest --tag shop
  stepletter subscribers list --status pending --limit 500 --json`;

/** `stepletter subscribers list` */
export function addSubscribersList(subscribers: Command): void {
  addFilterOptions(subscribers.command("list"))
    .description("Lists subscribers, all conditions together")
    .option("--limit <count>", "so many at most", readCount, 50)
    .addHelpText("after", examples)
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Filter & { limit: number }>();
      const people: Person[] = [];
      let more = false;
      const list = { path: "/v1/subscribers", query: queryOf(options) };
      for await (const person of itemsOf(connectionOf(options), Person, list)) {
        more = people.length === options.limit;
        if (more) break;
        people.push(person);
      }
      print(options.json, { items: people, more }, tableOf(people, more));
    });
}

function tableOf(people: Person[], more: boolean): string {
  if (people.length === 0) return "Nobody.";
  const table = new Table({
    head: ["address", "name", "status", "lists", "tags"],
    style: { head: [], border: [] },
  });
  for (const person of people)
    table.push([
      person.address,
      person.name,
      person.status,
      joinedLists(person).join(", "),
      (person.tags ?? []).join(", "),
    ]);
  const count = `${people.length} ${people.length === 1 ? "subscriber" : "subscribers"}`;
  return `${table.toString()}\n${count}${more ? ", and there are more: --limit shows them, export writes all" : ""}.`;
}

function readCount(typed: string): number {
  const count = Number(typed);
  if (Number.isInteger(count) && count >= 1 && count <= 10_000) return count;
  throw new InvalidArgumentError("Write a number from 1 to 10000.");
}
