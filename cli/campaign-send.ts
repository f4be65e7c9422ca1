import type { Command } from "commander";
import { callApi } from "./api-client.ts";
import { readCampaignFile } from "./campaign-file.ts";
import { Report } from "./campaign-words.ts";
import { print } from "./print.ts";
import { connectionOf, type SharedOptions } from "./shared-options.ts";

/** `stepletter campaign send` */
export function addCampaignSend(campaign: Command): void {
  campaign
    .command("send")
    .description("Sends a Markdown file to everyone on a list; the same again sends nothing")
    .argument("<file.md>", "front matter with a title, then the text")
    .requiredOption("--segment <list>", "the list whose members get it")
    .option("--id <id>", "name of the campaign; without it the file's id, or its name")
    .action(async (file: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & { segment: string; id?: string }>();
      const connection = connectionOf(options);
      const written = readCampaignFile(file);
      const id = options.id ?? written.id;
      const body = { ...written, id, segment: { list: options.segment } };
      const drafted = await callApi(connection, Report, { method: "POST", path: "/v1/campaigns", body });
      const path = `/v1/campaigns/${encodeURIComponent(id)}/send`;
      const { body: report } = await callApi(connection, Report, { method: "POST", path, body: {} });
      print(options.json, report, wordsOn(report, drafted.body.state === "draft"));
    });
}

function wordsOn({ id, segment, state }: Report, isNew: boolean): string {
  const next = `See how it goes: stepletter campaign status ${id}`;
  return isNew
    ? `Campaign ${id} goes to the list ${segment.list} within a minute.\n${next}`
    : `Campaign ${id} was there already (${state}), so nothing is sent twice.\n${next}`;
}
