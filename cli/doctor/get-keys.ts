import { GetParameterCommand, ParameterNotFound } from "@aws-sdk/client-ssm";
import { parseKeyRing } from "../../adapters/ssm/keys.ts";
import type { KeyRing } from "../../core/token/token.ts";
import type { Probe } from "./probe.ts";

/** The stage's keys, or what is the matter with them. */
export async function getKeys({ clients, names }: Probe): Promise<KeyRing | "missing" | "malformed"> {
  let value: string;
  try {
    const call = new GetParameterCommand({ Name: names.keysParameter, WithDecryption: true });
    const { Parameter } = await clients.ssm.send(call);
    value = Parameter?.Value ?? "";
  } catch (error) {
    if (error instanceof ParameterNotFound) return "missing";
    throw error;
  }
  try {
    return parseKeyRing(value);
  } catch {
    return "malformed";
  }
}
