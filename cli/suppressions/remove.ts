import type { Command } from "commander";
import * as z from "zod";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { Reason, reasonWords } from "./suppression-words.ts";

const examples = `
Examples:
  stepletter suppressions remove somebody@example.com
  stepletter suppressions remove somebody@example.com --reason "Called us: pressed the spam button by mistake"`;

const Removed = z.object({
  status: z.literal("removed"),
  was: Reason.exactOptional(),
  subscriberId: z.string().exactOptional(),
});

/** `stepletter suppressions remove` */
export function addSuppressionsRemove(suppressions: Command): void {
  suppressions
    .command("remove")
    .description("Writes to an address again, and takes it off SES's list; what was kept back goes on")
    .argument("<address>", "the e-mail address")
    .option("--reason <words>", "why it is lifted; needed where somebody complained")
    .addHelpText("after", examples)
    .action(async (address: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & { reason?: string }>();
      const { reason } = options;
      const call = {
        method: "POST",
        path: "/v1/suppressions/remove",
        body: { address, ...(reason !== undefined && { reason }) },
        typedAs: { address: "<address>", reason: "--reason" },
      } as const;
      const { body } = await callApi(connectionOf(options), Removed, call);
      const was =
        body.was === undefined
          ? "it stood on SES's list alone"
          : `it was suppressed ${reasonWords[body.was]}`;
      print(options.json, body, `The address may be written to again: ${was}.`);
    });
}
