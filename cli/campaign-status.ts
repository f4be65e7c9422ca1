import type { Command } from "commander";
import { callApi } from "./api-client.ts";
import { Report, tableOf } from "./campaign-words.ts";
import { print } from "./print.ts";
import { connectionOf, type SharedOptions } from "./shared-options.ts";

/** `stepletter campaign status` */
export function addCampaignStatus(campaign: Command): void {
  campaign
    .command("status")
    .description("Shows where a campaign stands, and what became of its mails")
    .argument("<id>")
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const path = `/v1/campaigns/${encodeURIComponent(id)}`;
      const call = { method: "GET", path } as const;
      const { body: report } = await callApi(connectionOf(options), Report, call);
      print(options.json, report, tableOf(report));
    });
}
