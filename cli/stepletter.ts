#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { addCampaignPause } from "./campaign-pause.ts";
import { addCampaignResume } from "./campaign-resume.ts";
import { addCampaignSend } from "./campaign-send.ts";
import { addCampaignStatus } from "./campaign-status.ts";
import { Failure } from "./failure.ts";
import { addKeysCreate } from "./keys-create.ts";
import { addSharedOptions } from "./shared-options.ts";

/** `stepletter`: 0 worked, 1 did not work, 2 was used wrongly. */
async function main(args: string[]): Promise<number> {
  const program = new Command("stepletter")
    .description("Runs a Stepletter service: campaigns and admin keys")
    .showHelpAfterError("Add --help to see what is possible.");
  // Sub-commands copy these settings when they are made.
  program.exitOverride();
  addSharedOptions(program);

  const campaign = program.command("campaign").description("One mail to everyone on a list");
  addCampaignSend(campaign);
  addCampaignStatus(campaign);
  addCampaignPause(campaign);
  addCampaignResume(campaign);
  addKeysCreate(program.command("keys").description("Keys of admins"));

  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    return tell(error, args.includes("--json"));
  }
}

/** Says what went wrong, and answers the exit code. */
function tell(error: unknown, json: boolean): number {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof Failure)) throw error;
  console.error(json ? JSON.stringify({ code: error.code, message: error.message }) : error.message);
  return error.exitCode;
}

process.exitCode = await main(process.argv.slice(2));
