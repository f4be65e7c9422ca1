import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Command } from "commander";
import { parseKeyRing } from "../adapters/ssm/keys.ts";
import { addTokenKey } from "../core/token/key-ring.ts";
import type { KeyRing } from "../core/token/token.ts";
import { namesOf, service } from "../infra/service.ts";
import { watch } from "./aws-client.ts";
import { Failure } from "./failure.ts";
import { cannot, openPlace } from "./open-environment.ts";
import { print } from "./print.ts";
import type { SharedOptions } from "./shared-options.ts";
import { addStageOption, type Where } from "./where-options.ts";

/** What SSM takes in a parameter of the standard tier. */
const longest = 4_096;

/** `stepletter keys rotate` */
export function addKeysRotate(keys: Command): void {
  addStageOption(keys.command("rotate"))
    .description("Adds a key that signs links from now on; links of the keys before it stay valid")
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<SharedOptions & Where>();
      const { stage, kid, keys } = await rotate(options.stage);
      print(
        options.json,
        { stage, kid, keys },
        `The key ${kid} signs links of stage ${stage} from now on; ${keys - 1} older ${keys === 2 ? "one verifies" : "ones verify"} what it signed before.\n` +
          "Each function reads it within five minutes; until then a fresh link may be refused, and works afterwards.",
      );
    });
}

async function rotate(stage: string) {
  const { settingsFor } = openPlace({ stage });
  const Name = namesOf(service, stage).keysParameter;
  const ssm = watch(new SSMClient(settingsFor("ssm")), "ssm");
  try {
    const { ring, version } = await read(ssm, Name);
    const rotated = addTokenKey(ring);
    const Value = JSON.stringify(rotated);
    if (Value.length > longest)
      throw new Failure("keys.full", `${Name} has no room for another key: remove the oldest of its tokens.`);
    const written = await ssm.send(
      new PutParameterCommand({ Name, Type: "SecureString", Value, Overwrite: true }),
    );
    // SSM writes on no condition, so all that can be done is to notice.
    if (written.Version !== version + 1)
      throw new Failure(
        "keys.raced",
        `Somebody else changed ${Name} at the same time: compare its versions ${version + 1} to ${written.Version} (aws ssm get-parameter-history), and put the keys of all of them into one.`,
      );
    return { stage, kid: rotated.tokens[0]?.kid ?? "", keys: rotated.tokens.length };
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof ParameterNotFound)
      throw new Failure(
        "keys.missing",
        `The stage ${stage} has no keys in this region yet. Make them: stepletter keys init --stage ${stage}`,
      );
    throw cannot("The keys cannot be rotated", error);
  } finally {
    ssm.destroy();
  }
}

async function read(ssm: SSMClient, Name: string): Promise<{ ring: KeyRing; version: number }> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
  try {
    return { ring: parseKeyRing(Parameter?.Value ?? ""), version: Parameter?.Version ?? 0 };
  } catch {
    // The error may quote a secret: it is no cause of anything.
    throw new Failure("keys.invalid", `${Name} does not hold a key ring as Stepletter writes it.`);
  }
}
