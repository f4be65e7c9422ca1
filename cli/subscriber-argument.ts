import { dynamoAddressOwners } from "../adapters/dynamodb/standings.ts";
import { findSubscriber } from "../core/explain/find-subscriber.ts";
import { Failure, misuse } from "./failure.ts";
import { withKeys } from "./with-keys.ts";
import type { Service } from "./with-service.ts";

/**
 * The id of a subscriber who is named by id or by address.
 * @throws Failure when nobody has that address, or the keys cannot be read.
 */
export async function subscriberIdOf(service: Service, typed: string): Promise<string> {
  const owners = dynamoAddressOwners(service.table);
  const found = await withKeys(service, (keys) => findSubscriber({ keys, owners }, typed));
  if (found.status === "found") return found.id;
  if (found.status === "no-address") throw misuse("This is neither a subscriber's id nor an address.");
  throw new Failure("subscriber.missing", "Nobody has signed up with this address.");
}
