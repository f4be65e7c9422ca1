import type { Command } from "commander";
import { dynamoSending } from "../adapters/dynamodb/sending.ts";
import { type SendingState, whyHeld } from "../core/account/sending-state.ts";
import type { Stop } from "../core/account/stop.ts";
import { stopWords } from "../core/account/stop-words.ts";
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
      const { table, state, stopped } = await withTable(options, async (table) => {
        const sending = dynamoSending(table);
        return { table: table.name, state: await sending.load(), stopped: await sending.stoppedMailings() };
      });
      const held = whyHeld(state, table);
      const words = [
        wordsOn(held, state),
        ...stopped.map(({ mailing, stop }) => stoppedWords(mailing, stop)),
      ];
      print(
        options.json,
        { held: held ?? null, ...state, table, ...(stopped.length > 0 && { stopped }) },
        words.join("\n"),
      );
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
  if (state?.stop) return `Sending is stopped: ${stopWords(state.stop)}.${doubt}`;
  return `Mail may go.${doubt}`;
}

function stoppedWords(mailing: string, stop: Stop): string {
  return `The mailing ${mailing} is stopped: ${stopWords(stop)}.`;
}
