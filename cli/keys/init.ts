import { ParameterAlreadyExists, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Command } from "commander";
import { newKeyRing } from "../../core/token/key-ring.ts";
import { namesOf, service } from "../../infra/service.ts";
import { watch } from "../aws-client.ts";
import { Failure } from "../failure.ts";
import { cannot, deployCommands, openPlace } from "../open-environment.ts";
import { print } from "../print.ts";
import type { SharedOptions } from "../shared-options.ts";
import { addWhereOptions, type Where } from "../where-options.ts";

/** `stepletter keys init` */
export function addKeysInit(keys: Command): void {
  addWhereOptions(keys.command("init"))
    .description(
      "Makes the keys that sign links and hash addresses, once for each stage, before its first deployment",
    )
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      const { stage, region, parameter } = await init(options);
      print(
        options.json,
        { stage, region, parameter },
        `The keys of stage ${stage} are in ${parameter}, in ${region}. Nobody needs to see them.\n` +
          `Then: ${deployCommands(stage)}\nLook at it: stepletter doctor --stage ${stage}`,
      );
    });
}

async function init(where: Where) {
  const { stage, data, settingsFor } = openPlace(where);
  if (data !== undefined)
    throw new Failure(
      "keys.exist",
      `The service in ${data} has its keys already: npm start makes them itself.`,
    );
  const parameter = namesOf(service, stage).keysParameter;
  const ssm = watch(new SSMClient(settingsFor("ssm")), "ssm");
  try {
    const region = await ssm.config.region();
    await ssm.send(
      new PutParameterCommand({
        Name: parameter,
        Description: "Keys that sign links and hash addresses; the one named hash is never changed",
        Type: "SecureString",
        Value: JSON.stringify(newKeyRing()),
        // Other keys would cut every link that was ever sent, and forget who is suppressed.
        Overwrite: false,
      }),
    );
    return { stage, region, parameter };
  } catch (error) {
    if (!(error instanceof ParameterAlreadyExists)) throw cannot("The keys cannot be written", error);
    throw new Failure(
      "keys.exist",
      `The stage ${stage} has its keys already, in ${parameter}: they are never overwritten. ` +
        `For a new key that signs links: stepletter keys rotate --stage ${stage}`,
    );
  } finally {
    ssm.destroy();
  }
}
