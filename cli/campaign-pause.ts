import type { Command } from "commander";
import { callApi } from "./api-client.ts";
import { Report } from "./campaign-words.ts";
import { print } from "./print.ts";
import { connectionOf, type SharedOptions } from "./shared-options.ts";

/** `stepletter campaign pause` */
export function addCampaignPause(campaign: Command): void {
  campaign
    .command("pause")
    .description("Stops a campaign; what is on its way at this moment, up to fifty mails, still goes")
    .argument("<id>")
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const path = `/v1/campaigns/${encodeURIComponent(id)}/pause`;
      const call = { method: "POST", path } as const;
      const { body: report } = await callApi(connectionOf(options), Report, call);
      print(options.json, report, wordsOn(report));
    });
}

function wordsOn({ id, state, waiting }: Report): string {
  return state === "done"
    ? `Campaign ${id} was sent before it could be paused: nobody is waiting any more.`
    : `Campaign ${id} is paused, with ${waiting} waiting.\nGo on with it: stepletter campaign resume ${id}`;
}
