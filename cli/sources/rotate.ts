import type { Command } from "commander";
import { addSourceSecret, dropOldSecrets, secretsOf } from "../../core/source/source-secrets.ts";
import { changeKeyRing, readKeyRing } from "../change-key-ring.ts";
import { misuse } from "../failure.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";
import { loadSource, missing } from "./find-source.ts";
import { readSecret } from "./read-secret.ts";

type Options = SharedOptions & Where & { dropOld?: boolean; secretFromStdin?: boolean };

/** `stepletter sources rotate` */
export function addSourcesRotate(sources: Command): void {
  addWhereOptions(sources.command("rotate"))
    .description(
      "Gives a webhook a new secret, and prints it once; those before it stay good until they are dropped",
    )
    .argument("<name>")
    .option("--drop-old", "makes none, but drops all secrets save the newest")
    .option("--secret-from-stdin", "takes the secret that the other site has made")
    .addHelpText(
      "after",
      "\nExamples:\n  stepletter sources rotate shop\n  stepletter sources rotate shop --drop-old   once the site signs by the new one\n  stepletter sources rotate survey --secret-from-stdin < secret.txt",
    )
    .action(async (name: string, _, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (options.dropOld && options.secretFromStdin)
        throw misuse("Give one of --drop-old and --secret-from-stdin.");
      const kind = await kindOf(options, name);
      if (options.dropOld) {
        await changeKeyRing(options, (ring) => dropOldSecrets(ring, name));
        print(
          options.json,
          { name, secrets: 1 },
          `Of the source ${name} only the newest secret is good now.\n${patience}`,
        );
        return;
      }
      const secret = await readSecret(kind, options.secretFromStdin);
      const ring = await changeKeyRing(options, (ring) => addSourceSecret(ring, name, secret));
      const secrets = secretsOf(ring, name).length;
      print(options.json, { name, secrets, secret }, wordsOn(name, secret, secrets));
    });
}

const patience = "A function may have read the keys up to five minutes ago.";

/** One that has only secrets is plain. */
async function kindOf(options: Options, name: string): Promise<"standard" | "hmac"> {
  const source = await loadSource(options, name);
  if (source?.kind === "form") throw misuse("A form has no secret.");
  if (source) return source.kind === "hmac" ? "hmac" : "standard";
  if (secretsOf(await readKeyRing(options), name).length > 0) return "standard";
  throw missing(name);
}

function wordsOn(name: string, secret: string, secrets: number): string {
  return [
    `The new secret of the source ${name}, shown this once; give it to the site, and to nobody else:`,
    `  ${secret}`,
    ...(secrets > 1
      ? [
          `The ${secrets === 2 ? "one" : `${secrets - 1}`} before it stays good. Once the site signs by the new one:`,
          `  stepletter sources rotate ${name} --drop-old`,
        ]
      : []),
  ].join("\n");
}
