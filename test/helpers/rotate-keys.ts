import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { addTokenKey } from "../../core/token/key-ring.ts";
import type { KeyRing } from "../../core/token/token.ts";
import type { TestService } from "./service.ts";

/** Puts a new token key in front, as an operator does; whoever has read the keys already does not know it. */
export async function rotateKeys({ deps, environment }: TestService): Promise<KeyRing> {
  const ring = addTokenKey(await deps.keys.ring());
  const { AWS_ENDPOINT_URL_SSM = "", AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = environment;
  const client = new SSMClient({
    region: "us-east-1",
    endpoint: AWS_ENDPOINT_URL_SSM,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  const { KEYS_PARAMETER: Name } = environment;
  const Value = JSON.stringify(ring);
  await client.send(new PutParameterCommand({ Name, Value, Type: "SecureString", Overwrite: true }));
  client.destroy();
  return ring;
}
