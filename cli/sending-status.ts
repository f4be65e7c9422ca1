import type { Command } from "commander";
import { dynamoSending } from "../adapters/dynamodb/sending.ts";
import { type SendingState, whyHeld } from "../core/account/sending-state.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { withTable } from "./with-table.ts";

/** `stepletter sending status` */
export function addSendingStatus(sending: Command): void {
  addWhereOptions(sending.command("status"))
    .description("Tells whether mail may go")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      const { table, state } = await withTable(options, async (table) => ({
        table: table.name,
        state: await dynamoSending(table).load(),
      }));
      const held = whyHeld(state, table);
      print(options.json, { held: held ?? null, ...state, table }, wordsOn(held, state));
    });
}

function wordsOn(held: "held" | "restored" | undefined, state: SendingState | undefined): string {
  if (held === "restored")
    return `Sending is held: this is a copy of the table ${state?.table}.\nCarry over who has left since, with stepletter sending replay --from ${state?.table}, then stepletter sending resume.`;
  if (held === "held")
    return `Sending is held since ${state?.heldAt}. Packets wait; stepletter sending resume lets them go.`;
  const doubt = state?.doubtUntil
    ? `\nRestored from a backup: mails planned by ${state.doubtUntil} are settled as unknown.`
    : "";
  return `Mail may go.${doubt}`;
}
