import type { Command } from "commander";
import { Option } from "commander";
import * as z from "zod";
import { subscriberStatuses } from "../../core/subscriber/subscriber.ts";

/** A subscriber, as the API tells of them. */
export const Person = z.object({
  id: z.string(),
  address: z.string(),
  name: z.string(),
  zone: z.string(),
  status: z.enum(subscriberStatuses),
  lists: z.record(z.string(), z.object({ state: z.string(), since: z.string() })),
  topics: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  suppressed: z.object({ reason: z.string(), since: z.string() }).optional(),
  confirmedAt: z.string().optional(),
  createdAt: z.string(),
});
export type Person = z.infer<typeof Person>;

/** Which subscribers a command is about. */
export interface Filter {
  status?: string;
  list?: string;
  tag?: string;
  zone?: string;
}

/** Adds the options of a filter. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(new Option("--status <status>", "who stands so").choices([...subscriberStatuses]))
    .option("--list <name>", "who has joined it")
    .option("--tag <tag>", "who has it")
    .option("--zone <zone>", "whose time zone it is, such as Europe/London");
}

/** The filter as the API is asked. */
export function queryOf({ status, list, tag, zone }: Filter): Record<string, string | undefined> {
  return { status, list, tag, zone };
}

/** Names of the lists that somebody has joined. */
export function joinedLists({ lists }: Pick<Person, "lists">): string[] {
  return Object.keys(lists).filter((list) => lists[list]?.state === "joined");
}
