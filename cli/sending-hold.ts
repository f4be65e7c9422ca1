import type { Command } from "commander";
import { systemClock } from "../adapters/clock.ts";
import { dynamoSending } from "../adapters/dynamodb/sending.ts";
import { holdSending } from "../core/account/hold-sending.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { withTable } from "./with-table.ts";

/** `stepletter sending hold` */
export function addSendingHold(sending: Command): void {
  addWhereOptions(sending.command("hold"))
    .description("Holds all sending; packets wait, signups and pages go on")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      const held = await withTable(options, (table) =>
        holdSending({ sending: dynamoSending(table), clock: systemClock }),
      );
      print(
        options.json,
        held,
        `Sending is held since ${held.heldAt}. A packet that is being sent right now is finished; all others wait.`,
      );
    });
}
