import Table from "cli-table3";
import type { Command } from "commander";
import * as z from "zod";
import { itemsOf } from "../api-pages.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { reasonWords, Suppression } from "./suppression-words.ts";

const examples = `
Example:
  stepletter suppressions list --json | jq -r '.items[].reason' | sort | uniq -c`;

const Listed = Suppression.extend({ id: z.string(), address: z.string().exactOptional() });
type Listed = z.infer<typeof Listed>;

/** `stepletter suppressions list` */
export function addSuppressionsList(suppressions: Command): void {
  suppressions
    .command("list")
    .description("Lists them all; an address is known of people who are still there, of others a hash alone")
    .addHelpText("after", examples)
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const items: Listed[] = [];
      const list = { path: "/v1/suppressions", query: {} };
      for await (const item of itemsOf(connectionOf(options), Listed, list)) items.push(item);
      print(options.json, { items }, tableOf(items));
    });
}

function tableOf(items: Listed[]): string {
  if (items.length === 0) return "No address is suppressed.";
  const table = new Table({ head: ["since", "why", "address"], style: { head: [], border: [] } });
  for (const { since, reason, address, id } of items.toSorted((a, b) => (a.since < b.since ? 1 : -1)))
    table.push([since.slice(0, 10), reasonWords[reason], address ?? `unknown (${id.slice(0, 8)}…)`]);
  return `${table.toString()}\n${items.length} ${items.length === 1 ? "address" : "addresses"}.`;
}
