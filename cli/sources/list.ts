import type { Command } from "commander";
import { dynamoSources } from "../../adapters/dynamodb/sources.ts";
import type { Source } from "../../core/source/source.ts";
import { shortInstant } from "../delivery-words.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { withTable } from "../with-table.ts";

/** `stepletter sources list` */
export function addSourcesList(sources: Command): void {
  addWhereOptions(sources.command("list"))
    .description("Lists the sources")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      const found = await withTable(options, (table) => dynamoSources(table).list());
      print(options.json, found, wordsOn(found));
    });
}

function wordsOn(sources: Source[]): string {
  if (sources.length === 0) return "No sources yet. Make one: stepletter sources create NAME --kind standard";
  const width = Math.max(...sources.map(({ name }) => name.length));
  return sources
    .map(
      ({ name, kind, createdAt }) =>
        `${name.padEnd(width)}  ${kind.padEnd(8)}  since ${shortInstant(createdAt)}`,
    )
    .join("\n");
}
