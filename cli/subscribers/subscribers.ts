import type { Command } from "commander";
import { addSubscribersImport } from "./import.ts";

/** `stepletter subscribers` */
export function addSubscribers(program: Command): void {
  const subscribers = program.command("subscribers").description("The people whom the service writes to");
  addSubscribersImport(subscribers);
}
