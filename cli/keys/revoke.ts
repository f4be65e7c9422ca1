import type { Command } from "commander";
import * as z from "zod";
import { callApi } from "../api-client.ts";
import { print } from "../print.ts";
import { connectionOf, type SharedOptions } from "../shared-options.ts";

const Revoked = z.object({ id: z.string(), status: z.literal("revoked") });

/** `stepletter keys revoke` */
export function addKeysRevoke(keys: Command): void {
  keys
    .command("revoke")
    .description("Takes an admin key away; the last that can make keys stays")
    .argument("<id>", "as keys list tells it")
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions>();
      const call = { method: "DELETE", path: `/v1/keys/${encodeURIComponent(id)}` } as const;
      const { body } = await callApi(connectionOf(options), Revoked, call);
      print(options.json, body, `The key ${id} is revoked: from now on nothing answers to it.`);
    });
}
