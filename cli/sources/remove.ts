import type { Command } from "commander";
import { dynamoSources } from "../../adapters/dynamodb/sources.ts";
import { removeSourceSecrets, secretsOf } from "../../core/source/source-secrets.ts";
import { changeKeyRing, readKeyRing } from "../change-key-ring.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { withTable } from "../with-table.ts";
import { loadSource, missing } from "./find-source.ts";

/** `stepletter sources remove` */
export function addSourcesRemove(sources: Command): void {
  addWhereOptions(sources.command("remove"))
    .description("Takes a source away; who signed up by it stays, and so does the evidence")
    .argument("<name>")
    .action(async (name: string, _, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      await remove(options, name);
      print(
        options.json,
        { name, removed: true },
        `The source ${name} is removed. A function may take its calls for up to five minutes more.`,
      );
    });
}

async function remove(where: Where, name: string): Promise<void> {
  const source = await loadSource(where, name);
  const hasSecrets = source?.kind !== "form" && secretsOf(await readKeyRing(where), name).length > 0;
  if (!source && !hasSecrets) throw missing(name);
  // The secrets first: a name that has secrets and no row would be a plain source.
  if (hasSecrets) await changeKeyRing(where, (ring) => removeSourceSecrets(ring, name));
  if (source) await withTable(where, (table) => dynamoSources(table).remove(name));
}
