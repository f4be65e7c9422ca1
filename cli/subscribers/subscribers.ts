import type { Command } from "commander";
import { addSubscribersExport } from "./export.ts";
import { addSubscribersImport } from "./import.ts";
import { addSubscribersList } from "./list.ts";
import { addSubscribersShow } from "./show.ts";
import { addSubscribersTag } from "./tag.ts";

/** `stepletter subscribers` */
export function addSubscribers(program: Command): void {
  const subscribers = program.command("subscribers").description("The people whom the service writes to");
  addSubscribersList(subscribers);
  addSubscribersShow(subscribers);
  addSubscribersTag(subscribers);
  addSubscribersImport(subscribers);
  addSubscribersExport(subscribers);
}
