import type { Command } from "commander";
import { addItemsAdd } from "./add.ts";
import { addItemsList } from "./list.ts";
import { addItemsRemove } from "./remove.ts";

/** `stepletter items` */
export function addItems(program: Command): void {
  const items = program
    .command("items")
    .description(
      "What an edition of the digest has, and items of sources without a feed, such as AHIMA and AAPC",
    );
  addItemsList(items);
  addItemsAdd(items);
  addItemsRemove(items);
}
