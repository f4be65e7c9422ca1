import { SSMClient } from "@aws-sdk/client-ssm";
import { dynamoAddressOwners } from "../adapters/dynamodb/standings.ts";
import { ssmKeys } from "../adapters/ssm/keys.ts";
import { AppError } from "../core/errors.ts";
import { findSubscriber } from "../core/explain/find-subscriber.ts";
import { watch } from "./aws-client.ts";
import { Failure, misuse } from "./failure.ts";
import type { Service } from "./with-service.ts";

/**
 * The id of a subscriber who is named by id or by address.
 * @throws Failure when nobody has that address, or the keys cannot be read.
 */
export async function subscriberIdOf(service: Service, typed: string): Promise<string> {
  const { table, environment, settingsFor, clock } = service;
  const ssm = watch(new SSMClient(settingsFor("ssm")), "ssm");
  try {
    const keys = ssmKeys(ssm, environment.KEYS_PARAMETER ?? "", clock.elapsed);
    const found = await findSubscriber({ keys, owners: dynamoAddressOwners(table) }, typed);
    if (found.status === "found") return found.id;
    if (found.status === "no-address") throw misuse("This is neither a subscriber's id nor an address.");
    throw new Failure("subscriber.missing", "Nobody has signed up with this address.");
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
