import Table from "cli-table3";
import type { Command } from "commander";
import { dynamoSourceCalls } from "../../adapters/dynamodb/source-calls.ts";
import { type SourceCall, sourceCallsShown } from "../../core/source/source-call.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { withTable } from "../with-table.ts";

const meanings: Record<SourceCall["outcome"], string> = {
  accepted: "carried out",
  test: "a test: nobody was signed up",
  replayed: "carried out before",
  stale: "too old, or of a clock that is ahead",
  forged: "not signed by a secret of this source",
  unreadable: "cannot be read",
  invalid: "fields are wrong",
};

/** `stepletter sources calls` */
export function addSourcesCalls(sources: Command): void {
  addWhereOptions(sources.command("calls"))
    .description(
      `Shows the last ${sourceCallsShown} calls of a webhook of the last thirty days, the newest first`,
    )
    .argument("<name>")
    .action(async (name: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      const calls = await withTable(options, (table) =>
        dynamoSourceCalls(table).newest(name, sourceCallsShown),
      );
      print(options.json, calls, wordsOn(name, calls));
    });
}

function wordsOn(name: string, calls: SourceCall[]): string {
  if (calls.length === 0) return `No calls of ${name} in the last thirty days.`;
  const table = new Table({ head: ["At", "Outcome", "Means"], style: { head: [], border: [] } });
  for (const { at, outcome, reason } of calls)
    table.push([
      `${at.slice(0, 19)}Z`,
      outcome,
      reason ? `${meanings[outcome]}: ${reason}` : meanings[outcome],
    ]);
  return table.toString();
}
