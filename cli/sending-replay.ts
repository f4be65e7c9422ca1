import type { Command } from "commander";
import { systemClock } from "../adapters/clock.ts";
import { dynamoAddresses } from "../adapters/dynamodb/addresses.ts";
import { dynamoDepartures } from "../adapters/dynamodb/departures.ts";
import { dynamoSubscribers } from "../adapters/dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../adapters/dynamodb/suppressions.ts";
import { replayDepartures } from "../core/account/replay-departures.ts";
import { misuse } from "./failure.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { withTable } from "./with-table.ts";

/** `stepletter sending replay --from TABLE` */
export function addSendingReplay(sending: Command): void {
  addWhereOptions(sending.command("replay"))
    .description(
      "After a restore: carries over from the old table who has left, moved, or is suppressed or erased since",
    )
    .requiredOption("--from <table>", "the table that was lost, as far as it can still be read")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where & { from: string }>();
      const replayed = await withTable(options, (table) => {
        if (table.name === options.from)
          throw misuse(`${options.from} is the table in use: name the one that it was restored from.`);
        return replayDepartures(
          {
            addresses: dynamoAddresses(table),
            claims: dynamoAddresses(table),
            subscribers: dynamoSubscribers(table),
            suppressions: dynamoSuppressions(table),
            clock: systemClock,
          },
          dynamoDepartures({ ...table, name: options.from }),
        );
      });
      print(
        options.json,
        replayed,
        [
          `Carried over ${replayed.suppressions} suppressed addresses and ${replayed.subscribers} people who have left a list or are suppressed,`,
          `${replayed.erased} who were erased (dispatch finishes that in two minutes) and ${replayed.moved} who have changed their address.`,
          ...(replayed.notMoved > 0
            ? [
                `${replayed.notMoved} stay at their old address, since the new one is somebody else's in this table.`,
              ]
            : []),
          "Run it again as often as you like.",
        ].join(" "),
      );
    });
}
