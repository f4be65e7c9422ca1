import type { Command } from "commander";
import { addTokenKey } from "../../core/token/key-ring.ts";
import { changeKeyRing } from "../change-key-ring.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addStageOption, type Where } from "../where-options.ts";

/** `stepletter keys rotate` */
export function addKeysRotate(keys: Command): void {
  addStageOption(keys.command("rotate"))
    .description("Adds a key that signs links from now on; links of the keys before it stay valid")
    .action(async (_, command: Command) => {
      const { stage, json } = command.optsWithGlobals<SharedOptions & Where>();
      const { tokens } = await changeKeyRing({ stage }, addTokenKey);
      const [kid, keys] = [tokens[0]?.kid ?? "", tokens.length];
      print(
        json,
        { stage, kid, keys },
        `The key ${kid} signs links of stage ${stage} from now on; ${keys - 1} older ${keys === 2 ? "one verifies" : "ones verify"} what it signed before.\n` +
          "Each function signs with it within five minutes; a link that it signed is good everywhere half a minute from now.",
      );
    });
}
