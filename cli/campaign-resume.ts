import type { Command } from "commander";
import { callApi } from "./api-client.ts";
import { Report } from "./campaign-words.ts";
import { print } from "./print.ts";
import { connectionOf, type SharedOptions } from "./shared-options.ts";

/** `stepletter campaign resume` */
export function addCampaignResume(campaign: Command): void {
  campaign
    .command("resume")
    .description("Goes on with a paused campaign, within five minutes")
    .argument("<id>")
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const path = `/v1/campaigns/${encodeURIComponent(id)}/resume`;
      const call = { method: "POST", path } as const;
      const { body: report } = await callApi(connectionOf(options), Report, call);
      print(options.json, report, wordsOn(report));
    });
}

function wordsOn({ id, state, waiting }: Report): string {
  return state === "done"
    ? `Campaign ${id} is done: nobody is waiting.`
    : `Campaign ${id} goes on, with ${waiting} waiting.\nSee how it goes: stepletter campaign status ${id}`;
}
