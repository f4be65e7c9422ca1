import type { Command } from "commander";
import { addFeedsAdd } from "./add.ts";
import { addFeedsEdit } from "./edit.ts";
import { addFeedsList } from "./list.ts";
import { addFeedsPoll } from "./poll.ts";
import { addFeedsRemove } from "./remove.ts";
import { addFeedsSwitch } from "./switch.ts";
import { addFeedsTest } from "./test.ts";

/** `stepletter feeds` */
export function addFeeds(program: Command): void {
  const feeds = program
    .command("feeds")
    .description("Where the digest's news come from: how it stands with each feed, and what to change");
  addFeedsList(feeds);
  addFeedsAdd(feeds);
  addFeedsEdit(feeds);
  addFeedsSwitch(feeds);
  addFeedsRemove(feeds);
  addFeedsPoll(feeds);
  addFeedsTest(feeds);
}
