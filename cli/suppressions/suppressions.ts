import type { Command } from "commander";
import { addSuppressionsAdd } from "./add.ts";
import { addSuppressionsList } from "./list.ts";
import { addSuppressionsRemove } from "./remove.ts";

/** `stepletter suppressions` */
export function addSuppressions(program: Command): void {
  const suppressions = program
    .command("suppressions")
    .description("Addresses that are not written to: after bounces and complaints, and by your own word");
  addSuppressionsList(suppressions);
  addSuppressionsAdd(suppressions);
  addSuppressionsRemove(suppressions);
}
