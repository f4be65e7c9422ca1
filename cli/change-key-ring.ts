import { GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { parseKeyRing } from "../adapters/ssm/keys.ts";
import type { KeyRing } from "../core/token/token.ts";
import { namesOf, service } from "../infra/service.ts";
import { watch } from "./aws-client.ts";
import { Failure } from "./failure.ts";
import { cannot, openPlace } from "./open-environment.ts";
import type { Where } from "./where-options.ts";

/** What SSM takes in a parameter of the standard tier. */
const longest = 4_096;

/**
 * Changes the keys of a service, and answers them as they are then.
 * @throws Failure when there are none, there is no room, or somebody else changes them at the same time.
 */
export function changeKeyRing(where: Where, change: (ring: KeyRing) => KeyRing): Promise<KeyRing> {
  return withKeyRing(where, "The keys cannot be changed", async (ssm, Name, { ring, version }) => {
    const changed = change(ring);
    const Value = JSON.stringify(changed);
    if (Value === JSON.stringify(ring)) return ring;
    if (Value.length > longest)
      throw new Failure(
        "keys.full",
        `${Name} has no room for another key: remove the oldest of its tokens, or a source.`,
      );
    const written = await ssm.send(
      new PutParameterCommand({ Name, Type: "SecureString", Value, Overwrite: true }),
    );
    // SSM writes on no condition, so all that can be done is to notice.
    if (written.Version !== version + 1)
      throw new Failure(
        "keys.raced",
        `Somebody else changed ${Name} at the same time: compare its versions ${version + 1} to ${written.Version} (aws ssm get-parameter-history), and put the keys of all of them into one.`,
      );
    return changed;
  });
}

/**
 * Reads the keys of a service.
 * @throws Failure when there are none.
 */
export function readKeyRing(where: Where): Promise<KeyRing> {
  return withKeyRing(where, "The keys cannot be read", async (_ssm, _name, { ring }) => ring);
}

interface Read {
  ring: KeyRing;
  version: number;
}

async function withKeyRing(
  where: Where,
  what: string,
  work: (ssm: SSMClient, name: string, read: Read) => Promise<KeyRing>,
): Promise<KeyRing> {
  const { stage, settingsFor } = openPlace(where);
  const Name = namesOf(service, stage).keysParameter;
  const ssm = watch(new SSMClient(settingsFor("ssm")), "ssm");
  try {
    return await work(ssm, Name, await read(ssm, Name));
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof ParameterNotFound)
      throw new Failure(
        "keys.missing",
        `The stage ${stage} has no keys in this region yet. Make them: stepletter keys init --stage ${stage}`,
      );
    throw cannot(what, error);
  } finally {
    ssm.destroy();
  }
}

async function read(ssm: SSMClient, Name: string): Promise<Read> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
  try {
    return { ring: parseKeyRing(Parameter?.Value ?? ""), version: Parameter?.Version ?? 0 };
  } catch {
    // The error may quote a secret: it is no cause of anything.
    throw new Failure("keys.invalid", `${Name} does not hold a key ring as Stepletter writes it.`);
  }
}
