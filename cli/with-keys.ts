import { SSMClient } from "@aws-sdk/client-ssm";
import { ssmKeys } from "../adapters/ssm/keys.ts";
import { AppError } from "../core/errors.ts";
import type { Keys } from "../core/ports.ts";
import { watch } from "./aws-client.ts";
import { Failure } from "./failure.ts";
import type { Service } from "./with-service.ts";

/**
 * Works with the keys of a service, and lets go of them.
 * @throws Failure when they cannot be read.
 */
export async function withKeys<Result>(
  { environment, settingsFor, clock }: Service,
  work: (keys: Keys) => Promise<Result>,
): Promise<Result> {
  const ssm = watch(new SSMClient(settingsFor("ssm")), "ssm");
  try {
    return await work(ssmKeys(ssm, environment.KEYS_PARAMETER ?? "", clock.elapsed));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "keys.unavailable") throw error;
    throw new Failure(
      "keys.unavailable",
      `${error.message}. Your credentials need ssm:GetParameter and kms:Decrypt on it; or name the subscriber by id.`,
      { cause: error },
    );
  } finally {
    ssm.destroy();
  }
}
