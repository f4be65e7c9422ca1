import type { Command } from "commander";
import { systemClock } from "../adapters/clock.ts";
import { dynamoDueWork, dynamoSending } from "../adapters/dynamodb/sending.ts";
import { type ResumeSendingOutcome, resumeSending } from "../core/account/resume-sending.ts";
import { Failure } from "./failure.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { addWhereOptions, type Where } from "./where-options.ts";
import { withTable } from "./with-table.ts";

/** `stepletter sending resume` */
export function addSendingResume(sending: Command): void {
  addWhereOptions(sending.command("resume"))
    .description(
      "Lets mail go again; in a restored table, what may have gone out before is settled as unknown",
    )
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      const outcome = await withTable(options, (table) =>
        resumeSending({
          sending: dynamoSending(table),
          dueWork: dynamoDueWork(table),
          clock: systemClock,
        }),
      );
      print(options.json, outcome, wordsOn(outcome));
    });
}

function wordsOn(outcome: ResumeSendingOutcome): string {
  switch (outcome.status) {
    case "already-sending":
      return "Mail may go already.";
    case "resumed":
      return outcome.doubtUntil
        ? `Mail may go. What was planned by ${outcome.doubtUntil} and is not in the ledger is settled as unknown, since it may have gone out before.`
        : "Mail may go. Waiting packets look again within five minutes.";
    case "not-yet":
      throw new Failure(
        "sending.not-yet",
        `Dispatch has not planned yet what fell due since the backup: try again at ${outcome.waitUntil}. Until it has run with this table the time moves on; stepletter doctor tells whether it runs.`,
      );
    case "behind":
      throw new Failure(
        "sending.behind",
        `Dispatch is still behind: the oldest work was due at ${outcome.oldestDueAt}. Try again in a minute; if it does not get on, see dispatch-lag in docs/runbook.md.`,
      );
  }
}
