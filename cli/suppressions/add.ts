import type { Command } from "commander";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";
import { reasonWords, Suppression } from "./suppression-words.ts";

const examples = `
Example:
  stepletter suppressions add somebody@example.com`;

/** `stepletter suppressions add` */
export function addSuppressionsAdd(suppressions: Command): void {
  suppressions
    .command("add")
    .description("Writes to an address no more, whatever list it is on; the same again is harmless")
    .argument("<address>", "the e-mail address")
    .addHelpText("after", examples)
    .action(async (address: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const call = {
        method: "POST",
        path: "/v1/suppressions",
        body: { address },
        typedAs: { address: "<address>" },
      } as const;
      const { status, body } = await callApi(connectionOf(options), Suppression, call);
      print(
        options.json,
        body,
        status === 201
          ? "The address is written to no more, here and at SES."
          : `The address is not written to since ${body.since.slice(0, 10)} already: ${reasonWords[body.reason]}.`,
      );
    });
}
