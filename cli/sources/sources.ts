import type { Command } from "commander";
import { addSourcesCalls } from "./calls.ts";
import { addSourcesCreate } from "./create.ts";
import { addSourcesList } from "./list.ts";
import { addSourcesRemove } from "./remove.ts";
import { addSourcesRotate } from "./rotate.ts";
import { addSourcesShow } from "./show.ts";
import { addSourcesTest } from "./test.ts";

/** `stepletter sources` */
export function addSources(program: Command): void {
  const sources = program
    .command("sources")
    .description("Where signups come from besides our own form: forms on other sites, and signed webhooks");
  addSourcesCreate(sources);
  addSourcesList(sources);
  addSourcesShow(sources);
  addSourcesTest(sources);
  addSourcesCalls(sources);
  addSourcesRotate(sources);
  addSourcesRemove(sources);
}
