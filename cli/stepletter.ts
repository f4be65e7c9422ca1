#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { addCampaignPause } from "./campaign-pause.ts";
import { addCampaignResume } from "./campaign-resume.ts";
import { addCampaignSend } from "./campaign-send.ts";
import { addCampaignStatus } from "./campaign-status.ts";
import { addDeadLetters } from "./dead-letters/dead-letters.ts";
import { addDeliveries } from "./deliveries.ts";
import { addDigestPreview } from "./digest/preview.ts";
import { addDoctor } from "./doctor.ts";
import { addExplain } from "./explain.ts";
import { Failure } from "./failure.ts";
import { addFeeds } from "./feeds/feeds.ts";
import { addItems } from "./items/items.ts";
import { addKeysCreate } from "./keys/create.ts";
import { addKeysInit } from "./keys/init.ts";
import { addKeysList } from "./keys/list.ts";
import { addKeysRevoke } from "./keys/revoke.ts";
import { addKeysRotate } from "./keys/rotate.ts";
import { addSendingHold } from "./sending-hold.ts";
import { addSendingReplay } from "./sending-replay.ts";
import { addSendingResume } from "./sending-resume.ts";
import { addSendingStatus } from "./sending-status.ts";
import { addSharedOptions } from "./shared-options.ts";
import { addSources } from "./sources/sources.ts";
import { addSubscribers } from "./subscribers/subscribers.ts";
import { addSuppressions } from "./suppressions/suppressions.ts";
import { addUnsubscribe } from "./unsubscribe.ts";

/** `stepletter`: 0 worked, 1 did not work, 2 was used wrongly. */
async function main(args: string[]): Promise<number> {
  const program = new Command("stepletter")
    .description("Runs a Stepletter service: campaigns, keys, sending, feeds, and what is the matter with it")
    .showHelpAfterError("Add --help to see what is possible.");
  // Sub-commands copy these settings when they are made.
  program.exitOverride();
  addSharedOptions(program);

  const campaign = program.command("campaign").description("One mail to everyone on a list");
  addCampaignSend(campaign);
  addCampaignStatus(campaign);
  addCampaignPause(campaign);
  addCampaignResume(campaign);
  const digest = program.command("digest").description("The digest of news");
  addDigestPreview(digest);
  const keys = program.command("keys").description("Keys of a stage, and of its admins");
  addKeysInit(keys);
  addKeysRotate(keys);
  addKeysCreate(keys);
  addKeysList(keys);
  addKeysRevoke(keys);
  const sending = program.command("sending").description("Whether mail may go, for the service as a whole");
  addSendingStatus(sending);
  addSendingHold(sending);
  addSendingResume(sending);
  addSendingReplay(sending);
  addSources(program);
  addFeeds(program);
  addItems(program);
  addDeliveries(program);
  addExplain(program);
  addSubscribers(program);
  addSuppressions(program);
  addUnsubscribe(program);
  addDeadLetters(program);
  addDoctor(program);

  try {
    await program.parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? 0);
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
